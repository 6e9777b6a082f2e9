use vendor_specs::{Endpoint, Grade, LimitScope, Vendor};

/// The rate limit that counts an endpoint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit<'a> {
    pub(crate) requests: u32,
    pub(crate) window_seconds: u32,
    pub(crate) scope: LimitScope,
    pub(crate) source: &'a str,
    pub(crate) grade: Grade,
    pub(crate) note: Option<&'a str>,
}

/// The endpoint's own limit, or the one of the vendor that it names.
pub(crate) fn limit<'a>(vendor: &'a Vendor, endpoint: &'a Endpoint) -> Option<Limit<'a>> {
    if let Some(rate) = &endpoint.spec.rate {
        return Some(Limit {
            requests: rate.requests,
            window_seconds: rate.window_seconds,
            scope: rate.scope,
            source: &rate.source,
            grade: rate.grade,
            note: None,
        });
    }
    let name = endpoint.spec.limit.as_ref()?.as_str();
    let limit = vendor.spec.limits.iter().find(|limit| limit.name.as_str() == name)?;
    Some(Limit {
        requests: limit.requests,
        window_seconds: limit.window_seconds,
        scope: limit.scope,
        source: &limit.source,
        grade: limit.grade,
        note: limit.note.as_deref(),
    })
}
