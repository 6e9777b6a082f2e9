use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use tempfile::TempPath;

use crate::{
    failure::Failure,
    folder::Folder,
    replace::{HIDDEN, put_in_place, refuse_folder},
};

/// Files of a folder that are written beside their places and put there together at the end, so that a run that fails leaves what
/// was there.
#[derive(Debug)]
pub(crate) struct Staged {
    // Dropped before the folder, which goes only if it is empty.
    files: Vec<StagedFile>,
    folder: Folder,
}

#[derive(Debug)]
struct StagedFile {
    file: File,
    /// Where it is written.
    hidden: TempPath,
    place: PathBuf,
}

impl Staged {
    /// Makes the folder if it isn't there.
    pub(crate) fn open(folder: &Path) -> Result<Self, Failure> {
        let folder =
            Folder::open(folder).map_err(|error| Failure::file("write to", folder, &error))?;
        Ok(Self { files: Vec::new(), folder })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Begins a file of this name. At the end it would be too late to say that it can't get there.
    pub(crate) fn begin(&mut self, name: &str) -> Result<File, Failure> {
        let place = self.folder().join(name);
        refuse_folder(&place)?;
        let begun = hidden(self.folder())
            .and_then(|(file, hidden)| Ok((file.try_clone()?, StagedFile { file, hidden, place })));
        let (file, staged) =
            begun.map_err(|error| Failure::file("write to", self.folder(), &error))?;
        self.files.push(staged);
        Ok(file)
    }

    /// Takes a finished file of the same file system.
    #[cfg(feature = "emulate")]
    pub(crate) fn add(&mut self, finished: &Path, name: &str) -> Result<(), Failure> {
        let place = self.folder().join(name);
        refuse_folder(&place)?;
        let taken =
            File::open(finished).and_then(|file| Ok((file, TempPath::try_from_path(finished)?)));
        let (file, hidden) =
            taken.map_err(|error| Failure::file("write to", self.folder(), &error))?;
        self.files.push(StagedFile { file, hidden, place });
        Ok(())
    }

    /// Where the file that was begun last is written.
    pub(crate) fn last(&self) -> Option<&Path> {
        self.files.last().map(|file| &*file.hidden)
    }

    /// Puts the files in their places, all or none.
    pub(crate) fn commit(self) -> Result<(), Failure> {
        let Self { files, folder } = self;
        let mut finished = Vec::with_capacity(files.len());
        for StagedFile { file, hidden, place } in files {
            file.sync_all().map_err(|error| Failure::file("write to", folder.path(), &error))?;
            finished.push((hidden, place));
        }
        put_in_place(finished)
    }
}

fn hidden(folder: &Path) -> io::Result<(File, TempPath)> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(HIDDEN);
    #[cfg(unix)]
    {
        use std::{fs::Permissions, os::unix::fs::PermissionsExt};
        // A temporary file is its owner's alone; these are files like others, for whom the umask lets read them.
        builder.permissions(Permissions::from_mode(0o666));
    }
    Ok(builder.tempfile_in(folder)?.into_parts())
}
