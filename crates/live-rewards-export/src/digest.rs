use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

/// The SHA-256 of a file in hexadecimal digits.
pub fn sha256_file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => hash.update(buffer.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let bytes: Vec<String> = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(bytes.concat())
}

/// Writes `FILE.sha256` beside a file, in the form that `sha256sum --check` reads, and says where it is.
pub fn write_sha256_beside(path: &Path) -> io::Result<PathBuf> {
    let Some(name) = path.file_name() else {
        return Err(ErrorKind::InvalidInput.into());
    };
    let digits = sha256_file(path)?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".sha256");
    let beside = PathBuf::from(beside);
    fs::write(&beside, line(&digits, name))?;
    Ok(beside)
}

/// A line that begins with `\` has escapes in its name.
fn line(digits: &str, name: &OsStr) -> Vec<u8> {
    let mut escaped = Vec::new();
    for byte in name.as_encoded_bytes() {
        match byte {
            b'\\' => escaped.extend(b"\\\\"),
            b'\n' => escaped.extend(b"\\n"),
            b'\r' => escaped.extend(b"\\r"),
            other => escaped.push(*other),
        }
    }
    let mark = if escaped.len() == name.len() { "" } else { "\\" };
    [mark.as_bytes(), digits.as_bytes(), b"  ".as_slice(), escaped.as_slice(), b"\n".as_slice()]
        .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_stands_beside_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("领取.csv");
        fs::write(&path, "abc").unwrap();
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_file(&path).unwrap(), digest);
        let beside = write_sha256_beside(&path).unwrap();
        assert_eq!(beside, folder.path().join("领取.csv.sha256"));
        assert_eq!(fs::read_to_string(beside).unwrap(), format!("{digest}  领取.csv\n"));
    }

    #[test]
    fn a_file_that_is_not_there_has_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none.csv");
        assert_eq!(write_sha256_beside(&path).unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn odd_names_are_escaped() {
        assert_eq!(line("00", OsStr::new("a b")), b"00  a b\n");
        assert_eq!(line("00", OsStr::new("a\\b\n")), b"\\00  a\\\\b\\n\n");
    }
}
