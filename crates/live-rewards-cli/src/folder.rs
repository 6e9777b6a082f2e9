use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A folder for files. What had to be made for it goes again with this, unless something is in it.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// The folders that weren't there, the innermost first.
    made: Vec<PathBuf>,
}

impl Folder {
    /// Makes the folder if it isn't there.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let made = path
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .map(Path::to_owned)
            .collect();
        // Before anything is made, so that a half of it goes again, too.
        let folder = Self { path: path.to_owned(), made };
        fs::create_dir_all(path)?;
        Ok(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        for folder in &self.made {
            // Refused for a folder that isn't empty, which is what is wanted.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_goes_again_and_what_was_there_stays() {
        let there = tempfile::tempdir().unwrap();
        let inner = there.path().join("a").join("b");
        let folder = Folder::open(&inner).unwrap();
        assert!(folder.path().is_dir());
        drop(folder);
        assert!(!there.path().join("a").exists());
        drop(Folder::open(there.path()).unwrap());
        assert!(there.path().is_dir());
    }

    #[test]
    fn a_folder_with_something_in_it_stays() {
        let there = tempfile::tempdir().unwrap();
        let inner = there.path().join("a").join("b");
        let folder = Folder::open(&inner).unwrap();
        fs::write(inner.join("file"), "x").unwrap();
        drop(folder);
        assert!(inner.join("file").exists());
    }
}
