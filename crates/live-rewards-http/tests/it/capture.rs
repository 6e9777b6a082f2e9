//! Everything that is said by tracing, as text.

use std::{
    collections::BTreeSet,
    fmt::{self, Write},
    sync::{Arc, Mutex},
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
    subscriber::{DefaultGuard, set_default},
};

/// What a thread says while [`Capture::here`]'s guard lives, at every level.
#[derive(Clone, Default)]
pub(crate) struct Capture(Arc<Mutex<Said>>);

#[derive(Default)]
struct Said {
    text: String,
    fields: BTreeSet<&'static str>,
}

impl Capture {
    pub(crate) fn here() -> (Self, DefaultGuard) {
        let capture = Self::default();
        (capture.clone(), set_default(capture))
    }

    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap().text.clone()
    }

    /// The names of all fields of the spans and events.
    pub(crate) fn fields(&self) -> BTreeSet<&'static str> {
        self.0.lock().unwrap().fields.clone()
    }

    fn note(&self, of: Option<&'static Metadata<'static>>, values: impl FnOnce(&mut Text<'_>)) {
        let mut said = self.0.lock().unwrap();
        if let Some(metadata) = of {
            said.fields.extend(metadata.fields().iter().map(|field| field.name()));
            said.text.push_str(metadata.name());
        }
        values(&mut Text(&mut said.text));
        said.text.push('\n');
    }
}

impl Subscriber for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.note(Some(span.metadata()), |text| span.record(text));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.note(None, |text| values.record(text));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.note(Some(event.metadata()), |text| event.record(text));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Text<'a>(&'a mut String);

impl Visit for Text<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}
