use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use vendor_specs::Problem;

/// Lays out the source of a file as the workspace's `rustfmt.toml` says.
///
/// Generated text is compared as it is laid out, so this is needed to check it, too.
pub(crate) fn format(root: &Path, path: &Path, source: &str) -> Result<String, Problem> {
    match run(root, source) {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(refusal)) => {
            let reason = refusal.trim().replace('\n', "; ");
            Err(Problem::of(path, format!("rustfmt refuses the generated text: {reason}")))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Problem::of(
            "rustfmt",
            "is missing, and generated code is written and checked through it: \
             run `rustup component add rustfmt`",
        )),
        Err(error) => Err(Problem::of("rustfmt", format!("can't be run: {error}"))),
    }
}

/// The laid out text, or what rustfmt has to say against the source.
fn run(root: &Path, source: &str) -> io::Result<Result<String, String>> {
    let program = std::env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into());
    let mut child = Command::new(program)
        .args(["--edition", "2024"])
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(source.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) })
}
