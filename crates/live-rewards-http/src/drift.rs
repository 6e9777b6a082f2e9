use std::{
    collections::HashSet,
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use live_rewards_core::Vendor;

use crate::wire::Observation;

/// Something in an answer that the spec doesn't know. Never an error: the answer was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Drift {
    /// The vendor.
    pub vendor: Vendor,
    /// The endpoint, as the id of its spec.
    pub endpoint: &'static str,
    /// What it is.
    pub kind: DriftKind,
}

/// What an answer has that the spec doesn't know. Of longer texts 80 characters are kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DriftKind {
    /// A member, by its path; `*` stands for any index.
    UnknownField(String),
    /// A label of an enum.
    UnknownLabel {
        /// The enum.
        of: &'static str,
        /// The label.
        label: String,
    },
    /// An amount of yuan that is a whole fen only after binary noise was taken off.
    InexactYuan(String),
}

impl Drift {
    /// What is told once: of inexact amounts one example for each endpoint, of everything else each thing.
    fn told_once(&self) -> Self {
        let mut drift = self.clone();
        if let DriftKind::InexactYuan(text) = &mut drift.kind {
            text.clear();
        }
        drift
    }
}

/// Is told of drift: once for each endpoint and member, label or the first inexact amount.
pub type DriftHook = Arc<dyn Fn(&Drift) + Send + Sync>;

/// Answers between two that are looked through for unknown members.
const SAMPLE: u64 = 64;

/// Reports what decoding observed.
pub(crate) struct DriftReporter {
    vendor: Vendor,
    every_answer: bool,
    hook: Option<DriftHook>,
    answers: Mutex<std::collections::HashMap<&'static str, Arc<AtomicU64>>>,
    reported: Mutex<HashSet<Drift>>,
}

/// Different drifts that are reported before the reporter falls silent; a vendor's defect must not fill the memory.
const MOST: usize = 1024;

impl DriftReporter {
    pub(crate) fn new(vendor: Vendor, every_answer: bool, hook: Option<DriftHook>) -> Self {
        Self { vendor, every_answer, hook, answers: Mutex::default(), reported: Mutex::default() }
    }

    /// Whether this answer of an endpoint is to be looked through for unknown members: the first, and a sample of the others.
    pub(crate) fn looks_for_fields(&self, endpoint: &'static str) -> bool {
        let counter = {
            let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(answers.entry(endpoint).or_default())
        };
        self.every_answer || counter.fetch_add(1, Ordering::Relaxed).is_multiple_of(SAMPLE)
    }

    pub(crate) fn report(&self, endpoint: &'static str, observations: Vec<Observation>) {
        for observation in observations {
            let kind = match observation {
                Observation::UnknownField(path) => DriftKind::UnknownField(path),
                Observation::UnknownLabel { of, label } => DriftKind::UnknownLabel { of, label },
                Observation::InexactYuan(text) => DriftKind::InexactYuan(text),
            };
            let drift = Drift { vendor: self.vendor, endpoint, kind };
            let news = {
                let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
                reported.len() < MOST && reported.insert(drift.told_once())
            };
            if news {
                tracing::warn!(vendor = %drift.vendor, endpoint, drift = %drift.kind, "drift");
                if let Some(hook) = &self.hook {
                    hook(&drift);
                }
            }
        }
    }
}

impl fmt::Display for DriftKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownField(path) => write!(f, "unknown member {path}"),
            Self::UnknownLabel { of, label } => write!(f, "unknown {of} {label:?}"),
            Self::InexactYuan(text) => write!(f, "{text} yuan is not a whole number of fen"),
        }
    }
}

impl fmt::Debug for DriftReporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DriftReporter").field("vendor", &self.vendor).finish_non_exhaustive()
    }
}
