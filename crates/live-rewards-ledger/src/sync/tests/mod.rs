//! Syncs of a made-up vendor into a ledger in a folder of its own, with days that are given.

mod account;
mod by_packet;
mod calls;
mod counts;
mod desk;
mod ends;
mod equal;
mod gifts;
mod incremental;
mod points;
mod prizes;
mod resume;
mod rows;
mod shop;
mod vanished;
