//! What several tables say of a call.

use std::collections::BTreeSet;

use vendor_specs::{Endpoint, Grade, LimitScope, Outcome, PagingStyle, SampleGrade, Vendor};

use super::language::Language;
use crate::codegen::limit::limit;

/// Method and path, as a link to the page.
pub(super) fn call(endpoint: &Endpoint) -> String {
    let spec = &endpoint.spec;
    format!("[`{} {}`]({})", spec.method.as_str(), spec.path, spec.source.page)
}

/// Rows a page, and whether there is a total, if the one that pages tell counts.
pub(super) fn page(endpoint: &Endpoint, counts: bool, language: Language) -> String {
    let Some(paging) = &endpoint.spec.paging else {
        return "–".to_owned();
    };
    let total = match (paging.style, counts && paging.tells_total()) {
        (PagingStyle::CalendarMonth, _) => language.pick("by month", "按月"),
        (PagingStyle::Cursor, true) => language.pick("by cursor, total known", "按游标，有总数"),
        (PagingStyle::Cursor, false) => language.pick("by cursor", "按游标"),
        (_, true) => language.pick("total known", "有总数"),
        (_, false) => language.pick("no total", "无总数"),
    };
    format!("{}{}{total}", paging.ask_size, language.pick(", ", "，"))
}

/// How often it may be called.
pub(super) fn rate(vendor: &Vendor, endpoint: &Endpoint, language: Language) -> String {
    let Some(limit) = limit(vendor, endpoint) else {
        return language.pick("not published", "未公布").to_owned();
    };
    let (requests, window) = (limit.requests, limit.window_seconds);
    let whom = match limit.scope {
        LimitScope::Address => language.pick(" an IP address", "，按 IP"),
        LimitScope::Application => language.pick(" an application", "，按应用"),
        LimitScope::Endpoint => "",
    };
    match language {
        Language::English => format!("{requests} in {window} s{whom}"),
        Language::Chinese => format!("{window} 秒 {requests} 次{whom}"),
    }
}

/// How well it is attested, and by what samples.
pub(super) fn evidence(endpoint: &Endpoint, language: Language) -> String {
    let page = grade(endpoint.spec.source.grade, language);
    format!("{page}{}{}", language.pick("; ", "；"), samples(endpoint, language))
}

/// How well something is attested.
pub(super) fn grade(grade: Grade, language: Language) -> &'static str {
    match grade {
        Grade::Official => language.pick("official page", "官方文档"),
        Grade::Sample => language.pick("example", "示例"),
        Grade::Sdk => language.pick("vendor's client", "官方 SDK"),
        Grade::ThirdParty => language.pick("third party", "第三方"),
    }
}

/// The grades of the samples of what an endpoint answers, best first. Refusals attest nothing of that.
fn samples(endpoint: &Endpoint, language: Language) -> String {
    let samples = endpoint.spec.samples.iter();
    let samples: Vec<_> = samples.filter(|sample| sample.outcome == Outcome::Ok).collect();
    let grades: BTreeSet<_> = samples.iter().filter_map(|sample| sample.grade).collect();
    let names = grades.into_iter().map(|grade| match grade {
        SampleGrade::Published => language.pick("published", "公开"),
        SampleGrade::Altered => language.pick("altered", "脱敏"),
        SampleGrade::Transcribed => language.pick("transcribed", "转录"),
        SampleGrade::Completed => language.pick("completed", "补全"),
        SampleGrade::Constructed => language.pick("constructed", "构造"),
    });
    let names = names.collect::<Vec<_>>().join(language.pick(", ", "、"));
    match (samples.len(), language) {
        (0, _) => language.pick("no sample", "无示例").to_owned(),
        (1, Language::English) => format!("{names} sample"),
        (_, Language::English) => format!("{names} samples"),
        (_, Language::Chinese) => format!("{names}示例"),
    }
}
