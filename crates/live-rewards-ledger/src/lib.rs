#![doc = include_str!("../README.md")]

mod column;
mod tables;
mod value;

pub use column::{Column, ColumnType, Label, Table};
pub use tables::{CLAIMS, GIFTS, POINTS_ACCOUNTS, RED_PACKETS, Record, SCHEMA_VERSION, TABLES};
pub use value::{Row, Value};
