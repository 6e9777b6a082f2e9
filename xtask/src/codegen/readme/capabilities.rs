use vendor_specs::{
    By, ClaimsHow, Endpoint, EndpointSpec, Operation, PagingStyle, ParameterType, Serves, Specs,
    Vendor,
};

use super::language::Language;
use super::{cells, markdown};

/// What the vendors' calls can do for the neutral operations.
pub(super) fn table(specs: &Specs, language: Language) -> String {
    let titles = match language {
        Language::English => {
            ["Vendor", "Reads", "Call", "Claims", "Filters", "Page", "Rate limit", "Evidence"]
        }
        Language::Chinese => {
            ["平台", "读取", "接口", "领取记录", "筛选", "每页", "频率限制", "依据"]
        }
    };
    let endpoints = specs.vendors.iter().flat_map(|vendor| {
        vendor.endpoints().filter_map(move |(_, endpoint)| {
            let serves = endpoint.spec.serves.as_ref()?;
            Some(row(vendor, endpoint, serves, language))
        })
    });
    markdown(titles, endpoints)
}

fn row(vendor: &Vendor, endpoint: &Endpoint, serves: &Serves, language: Language) -> [String; 8] {
    [
        language.of(&vendor.spec.title).to_owned(),
        reads(serves.operation, language).to_owned(),
        cells::call(endpoint),
        claims(serves.claims, language).to_owned(),
        filters(&endpoint.spec, serves, language),
        cells::page(endpoint, serves.total, language),
        cells::rate(vendor, endpoint, language),
        cells::evidence(endpoint, language),
    ]
}

fn reads(operation: Operation, language: Language) -> &'static str {
    match operation {
        Operation::Rooms => language.pick("rooms", "房间"),
        Operation::Sessions => language.pick("sessions", "场次"),
        Operation::RedPackets => language.pick("red packets", "红包"),
        Operation::RedPacketSummary => language.pick("sums of red packets", "红包汇总"),
        Operation::Claims => language.pick("claims", "领取记录"),
        Operation::Gifts => language.pick("gifts", "礼物"),
        Operation::GiftPayments => language.pick("gift payments", "打赏收入"),
        Operation::PrizeActivities => language.pick("prize activities", "抽奖与任务活动"),
        Operation::Prizes => language.pick("prizes", "奖品"),
        Operation::PointsAccounts => language.pick("points accounts", "积分账户"),
        Operation::PointsEntries => language.pick("points entries", "积分流水"),
        Operation::Users => language.pick("users", "用户"),
    }
}

fn claims(claims: Option<ClaimsHow>, language: Language) -> &'static str {
    match claims {
        Some(ClaimsHow::Inline) => language.pick("with the red packet", "随红包返回"),
        Some(ClaimsHow::ByPacket) => language.pick("a call for each", "逐个红包查询"),
        None => "–",
    }
}

fn filters(spec: &EndpointSpec, serves: &Serves, language: Language) -> String {
    let paging = spec.paging.as_ref();
    let by_month = paging.is_some_and(|paging| paging.style == PagingStyle::CalendarMonth);
    let plain = |offered: bool, english, chinese| {
        offered.then(|| language.pick(english, chinese).to_owned())
    };
    let names = [
        serves.by.map(|by| of(by, spec, language)),
        plain(serves.by_session, "session", "场次"),
        plain(serves.by_user, "user", "用户"),
        serves.by_users.then(|| at_most(spec, language.pick("users", "用户"), language)),
        plain(serves.by_kind, "kind", "类型"),
        plain(by_month, "month", "月份"),
        serves.by_time.then(|| time(serves, language)),
    ];
    let names: Vec<String> = names.into_iter().flatten().collect();
    if names.is_empty() { "–".to_owned() } else { names.join(language.pick(", ", "、")) }
}

/// What the listing is of.
fn of(by: By, spec: &EndpointSpec, language: Language) -> String {
    let name = match by {
        By::Ids => return at_most(spec, language.pick("ids", "id"), language),
        By::Room => language.pick("room", "房间"),
        By::RoomOrSession => language.pick("room, session", "房间、场次"),
        By::All => language.pick("all", "全部"),
        By::Activity => language.pick("activity", "活动"),
    };
    name.to_owned()
}

/// A name with the number that may be asked for at once: as many as the list takes, or one where there is no list.
fn at_most(spec: &EndpointSpec, name: &str, language: Language) -> String {
    let mut parameters = spec.parameters.iter();
    let list = parameters.find(|parameter| parameter.kind == ParameterType::TextList);
    match (list.map_or(Some(1), |list| list.max_items), language) {
        (None, _) => name.to_owned(),
        (Some(most), Language::English) => format!("{name} (at most {most})"),
        (Some(most), Language::Chinese) => format!("{name}（至多 {most} 个）"),
    }
}

fn time(serves: &Serves, language: Language) -> String {
    let needed = serves.needs_time.then(|| language.pick("needed", "必填").to_owned());
    let longest = serves.longest_days.map(|days| match language {
        Language::English => format!("at most {days} days"),
        Language::Chinese => format!("至多 {days} 天"),
    });
    let bounds: Vec<String> = [needed, longest].into_iter().flatten().collect();
    let name = language.pick("time", "时间");
    match (bounds.is_empty(), language) {
        (true, _) => name.to_owned(),
        (false, Language::English) => format!("{name} ({})", bounds.join(", ")),
        (false, Language::Chinese) => format!("{name}（{}）", bounds.join("，")),
    }
}
