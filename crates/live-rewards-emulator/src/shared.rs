//! What the vendors of one emulator have in common.

use crate::aside::Aside;
use crate::bodies::Bodies;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::settings::SettingsCell;

/// Clock, faults, journal and switches, and what all ports share to stay small and quick.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
    pub(crate) settings: SettingsCell,
    pub(crate) bodies: Bodies,
    pub(crate) aside: Aside,
}
