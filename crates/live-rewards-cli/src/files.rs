use std::{
    fs, io,
    path::{Path, PathBuf},
};

use live_rewards::{Claim, Gift, PointsAccount, RedPacket, Vendor};
use live_rewards_export::CsvTable;
use live_rewards_ledger::{Record, Table};
use tempfile::NamedTempFile;

use crate::failure::Failure;

/// The four CSV files of a folder. They are written beside their places and put there together at the end, so that a
/// run that fails leaves what was there.
pub(crate) struct Files {
    folder: PathBuf,
    red_packets: CsvFile,
    claims: CsvFile,
    gifts: CsvFile,
    points_accounts: CsvFile,
}

struct CsvFile {
    table: &'static Table,
    csv: CsvTable<NamedTempFile>,
}

impl Files {
    /// Makes the folder if it isn't there, and begins the files.
    pub(crate) fn begin(folder: &Path) -> Result<Self, Failure> {
        let begin = || {
            fs::create_dir_all(folder)?;
            Ok(Self {
                folder: folder.to_owned(),
                red_packets: CsvFile::begin::<RedPacket>(folder)?,
                claims: CsvFile::begin::<Claim>(folder)?,
                gifts: CsvFile::begin::<Gift>(folder)?,
                points_accounts: CsvFile::begin::<PointsAccount>(folder)?,
            })
        };
        begin().map_err(|error: io::Error| Failure::file("write to", folder, &error))
    }

    pub(crate) fn red_packet(&mut self, vendor: Vendor, row: &RedPacket) -> Result<(), Failure> {
        self.red_packets.write(&self.folder, vendor, row)
    }

    pub(crate) fn claim(&mut self, vendor: Vendor, row: &Claim) -> Result<(), Failure> {
        self.claims.write(&self.folder, vendor, row)
    }

    pub(crate) fn gift(&mut self, vendor: Vendor, row: &Gift) -> Result<(), Failure> {
        self.gifts.write(&self.folder, vendor, row)
    }

    pub(crate) fn points_account(
        &mut self,
        vendor: Vendor,
        row: &PointsAccount,
    ) -> Result<(), Failure> {
        self.points_accounts.write(&self.folder, vendor, row)
    }

    /// Puts the files in their places.
    pub(crate) fn commit(self) -> Result<(), Failure> {
        let Self {
            folder,
            red_packets,
            claims,
            gifts,
            points_accounts,
        } = self;
        let finished = [red_packets, claims, gifts, points_accounts].map(|file| {
            file.finish()
                .map_err(|error| Failure::file("write to", &folder, &error))
        });
        // None is put in its place before all are complete.
        let mut complete = Vec::with_capacity(finished.len());
        for file in finished {
            complete.push(file?);
        }
        for (file, table) in complete {
            let path = folder.join(table.name).with_extension("csv");
            file.persist(&path)
                .map_err(|error| Failure::file("write", &path, &error.error))?;
        }
        Ok(())
    }
}

impl CsvFile {
    fn begin<R: Record>(folder: &Path) -> io::Result<Self> {
        let file = tempfile::Builder::new()
            .prefix(".live-rewards-")
            .tempfile_in(folder)?;
        Ok(Self {
            table: R::TABLE,
            csv: CsvTable::new(file, R::TABLE)?,
        })
    }

    fn write(&mut self, folder: &Path, vendor: Vendor, row: &impl Record) -> Result<(), Failure> {
        self.csv
            .write(vendor, row)
            .map_err(|error| Failure::file("write to", folder, &error))
    }

    fn finish(self) -> io::Result<(NamedTempFile, &'static Table)> {
        let file = self.csv.finish()?;
        file.as_file().sync_all()?;
        Ok((file, self.table))
    }
}
