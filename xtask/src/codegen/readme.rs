use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use vendor_specs::{
    ClaimsHow, Endpoint, Grade, LimitScope, Operation, PagingStyle, Problem, SampleGrade, Serves,
    Specs, Text, Vendor,
};

use super::limit::limit;
use super::plan::Planned;

const START: &str = "<!-- generated: capabilities -->\n";
const END: &str = "<!-- /generated -->";

/// The READMEs that there are, with their table of capabilities.
pub(crate) fn plan(root: &Path, specs: &Specs) -> Result<Vec<Planned>, Problem> {
    let mut planned = Vec::new();
    for (file, language) in
        [("README.md", Language::English), ("README.zh-CN.md", Language::Chinese)]
    {
        let text = match fs::read_to_string(root.join(file)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Problem::of(file, format!("can't be read: {error}"))),
        };
        let Some((before, rest)) = text.split_once(START) else {
            let message = format!(
                "has no place for the table of capabilities: write `{}` and `{END}`",
                START.trim_end()
            );
            return Err(Problem::of(file, message));
        };
        let Some((_, after)) = rest.split_once(END) else {
            let message = format!("the generated region has no end: write `{END}`");
            return Err(Problem::of(file, message).at_line(before.lines().count() + 1));
        };
        let table = table(specs, language);
        let text = format!("{before}{START}{table}{END}{after}");
        planned.push(Planned { path: file.into(), text, shows_samples: false });
    }
    Ok(planned)
}

#[derive(Clone, Copy)]
enum Language {
    English,
    Chinese,
}

impl Language {
    fn of(self, text: &Text) -> &str {
        self.pick(&text.en, &text.zh)
    }

    fn pick<'a>(self, english: &'a str, chinese: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}

fn table(specs: &Specs, language: Language) -> String {
    let titles = language.pick(
        "| Vendor | Reads | Call | Claims | Filters | Page | Rate limit | Evidence |",
        "| 平台 | 读取 | 接口 | 领取记录 | 筛选 | 每页 | 频率限制 | 依据 |",
    );
    let mut table = format!("\n{titles}\n|---|---|---|---|---|---|---|---|\n");
    for vendor in &specs.vendors {
        for endpoint in vendor.areas.iter().flat_map(|area| &area.endpoints) {
            if let Some(serves) = &endpoint.spec.serves {
                table.push_str(&row(vendor, endpoint, serves, language));
            }
        }
    }
    table.push('\n');
    table
}

fn row(vendor: &Vendor, endpoint: &Endpoint, serves: &Serves, language: Language) -> String {
    let spec = &endpoint.spec;
    let call = format!("[`{} {}`]({})", spec.method.as_str(), spec.path, spec.source.page);
    let cells = [
        language.of(&vendor.spec.title),
        reads(serves.operation, language),
        &call,
        claims(serves.claims, language),
        &filters(serves, language),
        &page(endpoint, language),
        &rate(vendor, endpoint, language),
        &evidence(endpoint, language),
    ];
    format!("| {} |\n", cells.join(" | "))
}

fn reads(operation: Operation, language: Language) -> &'static str {
    match operation {
        Operation::RedPackets => language.pick("red packets", "红包"),
        Operation::Claims => language.pick("claims", "领取记录"),
        Operation::Gifts => language.pick("gifts", "礼物"),
        Operation::PointsAccounts => language.pick("points accounts", "积分账户"),
    }
}

fn claims(claims: Option<ClaimsHow>, language: Language) -> &'static str {
    match claims {
        Some(ClaimsHow::Inline) => language.pick("with the red packet", "随红包返回"),
        Some(ClaimsHow::ByPacket) => language.pick("a call for each", "逐个红包查询"),
        None => "–",
    }
}

fn filters(serves: &Serves, language: Language) -> String {
    let filters = [
        (serves.by_session, language.pick("session", "场次")),
        (serves.by_time, language.pick("time", "时间")),
    ];
    let names: Vec<&str> =
        filters.into_iter().filter_map(|(can, name)| can.then_some(name)).collect();
    if names.is_empty() { "–".to_owned() } else { names.join(language.pick(", ", "、")) }
}

fn page(endpoint: &Endpoint, language: Language) -> String {
    let Some(paging) = &endpoint.spec.paging else {
        return "–".to_owned();
    };
    let total = match paging.style {
        PagingStyle::PageWithTotal => language.pick("total known", "有总数"),
        PagingStyle::Page | PagingStyle::Offset => language.pick("no total", "无总数"),
    };
    format!("{}{}{total}", paging.ask_size, language.pick(", ", "，"))
}

fn rate(vendor: &Vendor, endpoint: &Endpoint, language: Language) -> String {
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

fn evidence(endpoint: &Endpoint, language: Language) -> String {
    let page = match endpoint.spec.source.grade {
        Grade::Official => language.pick("official page", "官方文档"),
        Grade::Sample => language.pick("example", "示例"),
        Grade::Sdk => language.pick("vendor's client", "官方 SDK"),
        Grade::ThirdParty => language.pick("third party", "第三方"),
    };
    format!("{page}{}{}", language.pick("; ", "；"), samples(endpoint, language))
}

/// The grades of an endpoint's samples, best first.
fn samples(endpoint: &Endpoint, language: Language) -> String {
    let samples = &endpoint.spec.samples;
    let grades: BTreeSet<_> = samples.iter().filter_map(|sample| sample.grade).collect();
    let names = grades.into_iter().map(|grade| match grade {
        SampleGrade::Published => language.pick("published", "公开"),
        SampleGrade::Altered => language.pick("altered", "脱敏"),
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
