use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use vendor_specs::Problem;

use super::code::MARK;
use super::openapi;
use super::plan::Planned;

const MEND: &str = "run `cargo xtask codegen`";

/// What differs between these files and those that are there.
pub(crate) fn differences<'a>(
    root: &Path,
    planned: impl IntoIterator<Item = &'a Planned>,
) -> Vec<Problem> {
    planned.into_iter().filter_map(|file| difference(root, file)).collect()
}

/// What is wrong with files that stand where generated ones do, but that nothing makes.
pub(crate) fn unmade(root: &Path, planned: &[Planned]) -> Vec<Problem> {
    let files = match unplanned(root, planned) {
        Ok(files) => files,
        Err(problem) => return vec![problem],
    };
    let problems = files.into_iter().map(|(file, is_generated)| {
        if is_generated {
            Problem::of(file, format!("no spec makes this file: {MEND}, which removes it"))
        } else {
            misplaced(file)
        }
    });
    problems.collect()
}

/// Writes what differs, and says what it did.
pub(crate) fn write(root: &Path, planned: &[Planned]) -> Result<Vec<String>, Vec<Problem>> {
    let mut changes = Vec::new();
    let mut problems = Vec::new();
    for file in planned.iter().filter(|file| difference(root, file).is_some()) {
        match write_file(&root.join(&file.path), &file.text) {
            Ok(()) => changes.push(format!("wrote {}", file.path.display())),
            Err(error) => problems.push(unwritable(&file.path, &error)),
        }
    }
    if problems.is_empty() { Ok(changes) } else { Err(problems) }
}

/// Removes what nothing makes any more, and says what it did.
pub(crate) fn clear(root: &Path, planned: &[Planned]) -> Result<Vec<String>, Vec<Problem>> {
    let mut changes = Vec::new();
    let mut problems = Vec::new();
    for (file, is_generated) in unplanned(root, planned).map_err(|problem| vec![problem])? {
        match is_generated.then(|| remove_file(&root.join(&file))) {
            Some(Ok(())) => changes.push(format!("removed {}", file.display())),
            Some(Err(error)) => problems.push(unwritable(&file, &error)),
            None => problems.push(misplaced(file)),
        }
    }
    if problems.is_empty() { Ok(changes) } else { Err(problems) }
}

fn difference(root: &Path, planned: &Planned) -> Option<Problem> {
    let problem = match fs::read_to_string(root.join(&planned.path)) {
        Ok(text) if text == planned.text => return None,
        Ok(text) => {
            let same = text.lines().zip(planned.text.lines()).take_while(|(is, ought)| is == ought);
            let message = format!("isn't what the specs make: {MEND}");
            Problem::of(&planned.path, message).at_line(same.count() + 1)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Problem::of(&planned.path, format!("is missing: {MEND}"))
        }
        Err(error) => Problem::of(&planned.path, format!("can't be read: {error}")),
    };
    Some(problem)
}

fn misplaced(file: PathBuf) -> Problem {
    Problem::of(file, "isn't generated: move it out of `generated/`")
}

fn unwritable(file: &Path, error: &io::Error) -> Problem {
    Problem::of(file, format!("can't be written: {error}"))
}

fn write_file(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// Removes a file, and its folder if that is empty then.
fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    if let Some(folder) = path.parent()
        && fs::read_dir(folder)?.next().is_none()
    {
        fs::remove_dir(folder)?;
    }
    Ok(())
}

/// The files that stand where generated ones do and aren't planned; whether each was generated.
fn unplanned(root: &Path, planned: &[Planned]) -> Result<Vec<(PathBuf, bool)>, Problem> {
    let planned: BTreeSet<&Path> = planned.iter().map(|file| file.path.as_path()).collect();
    let mut found = Vec::new();
    for home in entries(root, Path::new("crates"))? {
        let mut files = Vec::new();
        collect(root, &home.join("src/generated"), &mut files)?;
        for file in files.into_iter().filter(|file| !planned.contains(file.as_path())) {
            let is_generated = is_generated(root, &file);
            found.push((file, is_generated));
        }
        for alone in ["tests/it/samples.rs", openapi::FILE] {
            let file = home.join(alone);
            if !planned.contains(file.as_path()) && is_generated(root, &file) {
                found.push((file, true));
            }
        }
    }
    Ok(found)
}

fn is_generated(root: &Path, file: &Path) -> bool {
    let text = fs::read_to_string(root.join(file));
    text.is_ok_and(|text| text.starts_with(MARK) || text.contains(openapi::MARK))
}

/// The files below a folder, if there is one.
fn collect(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Problem> {
    for path in entries(root, folder)? {
        if root.join(&path).is_dir() {
            collect(root, &path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// What is in a folder, from the root on; nothing if there is no folder.
fn entries(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let failed = |error: io::Error| Problem::of(folder, format!("can't be read: {error}"));
    let read = match fs::read_dir(root.join(folder)) {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            return Ok(Vec::new());
        }
        read => read.map_err(failed)?,
    };
    let mut paths = Vec::new();
    for entry in read {
        paths.push(folder.join(entry.map_err(failed)?.file_name()));
    }
    paths.sort();
    Ok(paths)
}
