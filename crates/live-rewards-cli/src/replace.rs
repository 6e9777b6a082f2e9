use std::{
    fs, io,
    path::{Path, PathBuf},
};

use tempfile::TempPath;

use crate::{
    failure::{Failure, reason, tell},
    language::say,
};

/// Begins the names of files that nobody is meant to see.
pub(crate) const HIDDEN: &str = ".live-rewards-";

/// Puts finished files in their places: all of them, or none.
pub(crate) fn put_in_place(files: Vec<(TempPath, PathBuf)>) -> Result<(), Failure> {
    for (_, place) in &files {
        refuse_folder(place)?;
    }
    let mut replaced = Vec::with_capacity(files.len());
    for (file, place) in files {
        let failure = |error: &io::Error| Failure::file("write", &place, error);
        let result = match set_aside(&place) {
            Ok(former) => {
                replaced.push(Replaced { place: place.clone(), former });
                file.persist(&place).map_err(|error| failure(&error.error))
            }
            Err(error) => Err(failure(&error)),
        };
        if result.is_err() {
            replaced.into_iter().for_each(Replaced::undo);
            return result;
        }
    }
    Ok(())
}

/// Fails where a folder stands where a file is to be.
pub(crate) fn refuse_folder(place: &Path) -> Result<(), Failure> {
    if fs::symlink_metadata(place).is_ok_and(|found| found.is_dir()) {
        let error = io::ErrorKind::IsADirectory.into();
        return Err(Failure::file("write", place, &error));
    }
    Ok(())
}

/// A place that gets a new file, and what stood there. The former file goes when this is dropped.
struct Replaced {
    place: PathBuf,
    former: Option<TempPath>,
}

impl Replaced {
    /// Puts back what stood there.
    fn undo(self) {
        let Some(mut former) = self.former else {
            // If the new file didn't get there, there is nothing to remove.
            let _ = fs::remove_file(&self.place);
            return;
        };
        if let Err(error) = fs::rename(&former, &self.place) {
            former.disable_cleanup(true);
            tell(say!(
                "{} can't be put back: {}; it is kept as {}",
                "{} 无法放回原处：{}；保存为 {}",
                self.place.display(),
                reason(&error),
                former.display()
            ));
        }
    }
}

/// Gives the file at a place a second, hidden name, under which it stays when the place gets another.
fn set_aside(place: &Path) -> io::Result<Option<TempPath>> {
    let folder = place.parent().unwrap_or(Path::new(""));
    let aside =
        tempfile::Builder::new().prefix(HIDDEN).make_in(folder, |name| second_name(place, name));
    match aside {
        Ok(aside) => Ok(Some(aside.into_temp_path())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where the file system knows no second names, the file moves.
fn second_name(place: &Path, name: &Path) -> io::Result<()> {
    match fs::hard_link(place, name) {
        Ok(()) => Ok(()),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists => Err(error),
            _ => fs::rename(place, name),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A finished file that says "new", and its place.
    fn finished(folder: &Path, name: &str) -> (TempPath, PathBuf) {
        let file = tempfile::NamedTempFile::new_in(folder).unwrap().into_temp_path();
        fs::write(&file, "new").unwrap();
        (file, folder.join(name))
    }

    /// Names and contents of the files of a folder.
    fn files(folder: &Path) -> Vec<(String, String)> {
        let mut files: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, fs::read_to_string(path).unwrap())
            })
            .collect();
        files.sort_unstable();
        files
    }

    fn named(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        files.iter().map(owned).collect()
    }

    #[test]
    fn new_files_take_the_places_of_old_ones_and_leave_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "old").unwrap();
        let finished = ["a", "b"].map(|name| finished(folder.path(), name));
        put_in_place(finished.into()).unwrap();
        assert_eq!(files(folder.path()), named(&[("a", "new"), ("b", "new")]));
    }

    #[test]
    fn a_failure_on_the_way_puts_everything_back() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "c"] {
            fs::write(folder.path().join(name), "old").unwrap();
        }
        let finished = ["a", "b", "c"].map(|name| finished(folder.path(), name));
        fs::remove_file(&finished[2].0).unwrap();
        put_in_place(finished.into()).unwrap_err();
        assert_eq!(files(folder.path()), named(&[("a", "old"), ("c", "old")]));
    }

    #[test]
    fn a_folder_in_the_place_of_one_stops_all() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "old").unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        let finished = ["a", "b"].map(|name| finished(folder.path(), name));
        let failure = put_in_place(finished.into()).unwrap_err();
        assert!(matches!(failure, Failure::Message { code: 2, .. }));
        assert_eq!(files(folder.path()), named(&[("a", "old")]));
    }
}
