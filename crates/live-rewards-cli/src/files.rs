use std::{fs::File, path::Path};

use live_rewards::Vendor;
use live_rewards_export::CsvTable;
use live_rewards_ledger::{Record, Table};

use crate::{failure::Failure, language::say, staged::Staged};

/// The CSV files of a folder, one a table.
pub(crate) struct Files {
    files: Vec<(&'static Table, CsvTable<File>)>,
    staged: Staged,
}

impl Files {
    /// Makes the folder if it isn't there, and begins the files of these tables.
    pub(crate) fn begin(folder: &Path, tables: &[&'static Table]) -> Result<Self, Failure> {
        let mut staged = Staged::open(folder)?;
        let mut files = Vec::with_capacity(tables.len());
        for &table in tables {
            let file = CsvTable::new(staged.begin(&file_name(table))?, table)
                .map_err(|error| Failure::file("write to", folder, &error))?;
            files.push((table, file));
        }
        Ok(Self { files, staged })
    }

    /// Writes a record to the file of its table.
    pub(crate) fn write<R: Record>(&mut self, vendor: Vendor, record: &R) -> Result<(), Failure> {
        let name = R::TABLE.name;
        let Some((_, file)) = self.files.iter_mut().find(|(table, _)| table.name == name) else {
            return Err(Failure::general(say!(
                "{vendor} doesn't say that it has {name}, but sends them",
                "{vendor} 未声明提供 {name}，却返回了这类记录"
            )));
        };
        file.write(vendor, record)
            .map_err(|error| Failure::file("write to", self.staged.folder(), &error))
    }

    /// Puts the files in their places, all or none, and gives their names.
    pub(crate) fn commit(self) -> Result<Vec<String>, Failure> {
        let Self { files, staged } = self;
        let mut names = Vec::with_capacity(files.len());
        for (table, file) in files {
            file.finish().map_err(|error| Failure::file("write to", staged.folder(), &error))?;
            names.push(file_name(table));
        }
        staged.commit()?;
        Ok(names)
    }
}

fn file_name(table: &Table) -> String {
    format!("{}.csv", table.name)
}
