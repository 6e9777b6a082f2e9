#![doc = include_str!("../README.md")]

mod csv_table;

pub use csv_table::CsvTable;
