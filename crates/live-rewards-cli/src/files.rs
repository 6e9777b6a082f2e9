use std::{fs::File, io, path::Path};

use live_rewards::Vendor;
use live_rewards_export::CsvTable;
use live_rewards_ledger::{Record, Table};
use tempfile::TempPath;

use crate::{
    failure::Failure,
    folder::Folder,
    replace::{HIDDEN, put_in_place, refuse_folder},
};

/// The CSV files of a folder, one a table. They are written beside their places and put there together at the end, so
/// that a run that fails leaves what was there.
pub(crate) struct Files {
    // Dropped before the folder, which goes only if it is empty.
    files: Vec<CsvFile>,
    folder: Folder,
}

struct CsvFile {
    table: &'static Table,
    csv: CsvTable<File>,
    /// Where it is written.
    hidden: TempPath,
}

impl Files {
    /// Makes the folder if it isn't there, and begins the files of these tables.
    pub(crate) fn begin(folder: &Path, tables: &[&'static Table]) -> Result<Self, Failure> {
        let begin = || -> io::Result<Self> {
            let opened = Folder::open(folder)?;
            let files = tables
                .iter()
                .map(|&table| CsvFile::begin(folder, table))
                .collect::<io::Result<_>>()?;
            Ok(Self { files, folder: opened })
        };
        let files = begin().map_err(|error| Failure::file("write to", folder, &error))?;
        // At the end it would be too late for what was fetched.
        for table in tables {
            refuse_folder(&folder.join(file_name(table)))?;
        }
        Ok(files)
    }

    /// Writes a record to the file of its table.
    pub(crate) fn write<R: Record>(&mut self, vendor: Vendor, record: &R) -> Result<(), Failure> {
        let table = R::TABLE.name;
        let Some(file) = self.files.iter_mut().find(|file| file.table.name == table) else {
            let text = format!("{vendor} doesn't say that it has {table}, but sends them");
            return Err(Failure::general(text));
        };
        file.csv
            .write(vendor, record)
            .map_err(|error| Failure::file("write to", self.folder.path(), &error))
    }

    /// Puts the files in their places, all or none, and gives their names.
    pub(crate) fn commit(self) -> Result<Vec<String>, Failure> {
        let Self { files, folder } = self;
        let mut names = Vec::with_capacity(files.len());
        let mut finished = Vec::with_capacity(files.len());
        for file in files {
            let name = file_name(file.table);
            let hidden =
                file.finish().map_err(|error| Failure::file("write to", folder.path(), &error))?;
            finished.push((hidden, folder.path().join(&name)));
            names.push(name);
        }
        put_in_place(finished)?;
        Ok(names)
    }
}

fn file_name(table: &Table) -> String {
    format!("{}.csv", table.name)
}

impl CsvFile {
    fn begin(folder: &Path, table: &'static Table) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(HIDDEN);
        #[cfg(unix)]
        {
            use std::{fs::Permissions, os::unix::fs::PermissionsExt};
            // A temporary file is its owner's alone; these are files like others, for whom the umask lets read them.
            builder.permissions(Permissions::from_mode(0o666));
        }
        let (file, hidden) = builder.tempfile_in(folder)?.into_parts();
        Ok(Self { table, csv: CsvTable::new(file, table)?, hidden })
    }

    fn finish(self) -> io::Result<TempPath> {
        self.csv.finish()?.sync_all()?;
        Ok(self.hidden)
    }
}
