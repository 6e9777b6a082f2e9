use live_rewards_ledger::Language;

/// Makes the words of a report, so that no language lacks what the other has.
macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)+) => {
        /// The words of a report in one language.
        #[derive(Debug)]
        pub(crate) struct Text {
            pub(crate) language: Language,
            $(pub(crate) $name: &'static str,)+
        }

        static ENGLISH: Text = Text { language: Language::English, $($name: $en,)+ };
        static CHINESE: Text = Text { language: Language::Chinese, $($name: $zh,)+ };
    };
}

/// Those of a language.
pub(crate) fn of(language: Language) -> &'static Text {
    match language {
        Language::Chinese => &CHINESE,
        _ => &ENGLISH,
    }
}

words! {
    lang: "en", "zh-CN";
    comma: ", ", "、";
    sentence_gap: " ", "";
    title: "Live rewards report", "直播奖励对账报告";
    skip: "Skip to the report", "跳到正文";
    contents: "Contents", "目录";
    accounts: "Accounts", "账号";
    account: "Account", "账号";
    platform: "Platform", "平台";
    period: "Period", "期间";
    whole_ledger: "All that the ledger holds", "账本全部记录";
    as_of: "As of", "截至";
    made_at: "Made", "生成时间";
    ledger: "Ledger", "账本";
    made_by: "Made by", "生成工具";
    beijing: "Times are Beijing time (UTC+8), amounts yuan (CNY).", "时间为北京时间（UTC+8），金额单位为元（人民币）。";
    demo_note: "Emulated accounts, no real money.", "模拟账号，非真实资金。";
    end: "End of the report", "报告结束";
    more_in_table: "Show the figures", "查看数据";

    empty_title: "Nothing to report yet", "暂无数据";
    empty: "The ledger holds no rewards of these accounts in this period.", "账本中没有所选账号在该期间的奖励记录。";
    empty_do: "Read them first with “live-rewards sync”, then make the report again.", "请先运行“live-rewards sync”读取记录，再生成报告。";

    glance: "At a glance", "概览";
    issued: "Issued", "发放";
    claimed: "Claimed", "领取";
    refunded: "Refunded", "退款";
    fee: "Fee", "手续费";
    open: "Not claimed yet", "未领";
    unreported: "Refunded, amount not told", "已退款未报金额";
    residue: "Left over by equal shares", "等额余数";
    difference: "Difference", "差额";
    findings_open: "Open findings", "待处理差异项";
    none: "none", "无";
    no_packets: "There are no red packets in this period.", "该期间没有红包。";

    waterfall: "Where the money went", "资金去向";
    waterfall_lede: "Every bar takes its part of what was issued. What remains at the end is the difference.", "每一项从发放金额中扣除，最后剩下的就是差额。";
    waterfall_caption: "Yuan, exact to the fen. Dashed lines join a bar to what is left by the one above.", "单位：元，精确到分。虚线连接上一项扣除后的余额。";
    waterfall_table: "Where the money went, in yuan", "资金去向（元）";
    item: "Item", "项目";
    amount: "Amount", "金额";
    of_issued: "Of issued", "占发放";

    days: "Day by day", "每日情况";
    days_lede: "A red packet counts on the day it was sent, with all that became of it since.", "红包计入发放日，其后的领取和退款也计入该日。";
    by_day: "by day", "按日";
    by_week: "by week", "按周";
    by_month: "by month", "按月";
    by_years: "by year", "按年";
    day: "Day", "日期";
    week: "Week", "周";
    month: "Month", "月份";
    years: "Year", "年份";
    packets: "Red packets", "红包数";

    heat: "Differences by room and day", "各直播间每日差额";
    heat_none: "No room has a difference in this period.", "该期间各直播间均无差额。";
    heat_cancels: "In every room and day, what is missing in one red packet is too much in another: the findings name them.", "各直播间每日的缺少与多出相互抵消，详见差异项。";
    heat_lede: "A filled cell means money that is missing, a striped one too much of it; the stronger its colour, the more.", "实心格表示资金缺少，斜纹格表示资金多出，颜色越强金额越大。";
    heat_missing: "missing", "缺少";
    heat_excess: "too much", "多出";
    heat_both: "both in one cell", "同格有缺有多";
    heat_fine: "red packets without a difference", "有红包、无差额";
    heat_table: "Differences by room and day, in yuan", "各直播间每日差额（元）";
    room: "Room", "直播间";
    when: "When", "时间";
    missing: "Missing", "缺少";
    excess: "Too much", "多出";

    ageing: "Money still open, by age", "未领金额账龄";
    ageing_none: "No money is open: all of it was claimed, refunded or is accounted for otherwise.", "没有未领金额：均已领取、退款或另有归属。";
    ageing_table: "Money still open, by the age of its red packet", "未领金额，按红包发放时长";
    age: "Age", "时长";
    of_open: "Of open", "占未领";

    amounts: "How large the claims are", "领取金额分布";
    amounts_none: "There are no claims in this period.", "该期间没有领取记录。";
    amounts_table: "Claims by amount", "领取笔数，按金额";
    claims: "Claims", "领取笔数";
    of_claims: "Of claims", "占比";
    total: "Total", "合计";
    smallest: "Smallest", "最小";
    median: "Median", "中位数";
    largest: "Largest", "最大";

    top: "Largest rooms and gifts", "主要直播间与礼物";
    top_rooms: "Rooms", "直播间";
    rooms_table: "Rooms, the most issued first", "直播间（按发放金额）";
    top_gifts: "Gifts", "礼物";
    gifts_table: "Gifts, the most charged first", "礼物（按实扣）";
    rank: "No.", "序号";
    gift: "Gift", "礼物";
    times_given: "Times given", "赠送次数";
    quantity: "Quantity", "数量";
    charged_money: "Charged, in yuan", "实扣金额（元）";
    charged_points: "Charged, in points", "实扣积分";
    no_rooms: "No room has red packets in this period.", "该期间没有直播间发放红包。";
    no_gifts: "There are no gifts in this period.", "该期间没有礼物记录。";

    others: "Gifts, prizes and points", "礼物、奖品与积分";
    others_lede: "Kept apart: none of it is in the red packets’ figures above, and points are never added to money.", "单独列示：均不计入上文红包金额，积分与金额不相加。";
    others_table: "Sums of gifts and prizes", "礼物与奖品合计";
    gifts_charged: "Gifts, as charged", "礼物（实扣）";
    gifts_listed: "Gifts, at list price", "礼物（标价）";
    prizes: "Prizes handed out or to be", "奖品（已发放或待发放）";
    rows: "Records", "记录数";
    money: "Money, in yuan", "金额（元）";
    points: "Points", "积分";
    unstated: "Without a unit", "单位不明";
    unstated_note: "“Without a unit”: records whose value the platform gives as a bare number, in no sum.", "“单位不明”：平台只给出数字而无单位的记录，不计入合计。";

    complete: "Is everything here?", "数据完整性";
    complete_lede: "Figures can only be as complete as what was read from the platforms.", "只有读取完整，金额才完整。";
    complete_table: "How far each account was read", "各账号读取情况";
    complete_until: "Complete up to", "完整截至";
    never: "never", "从未";
    unfinished: "Unfinished listings", "未读完列表";
    failed: "Failed listings", "读取失败列表";
    rejected: "Unreadable rows", "无法解析的记录";
    vanished: "Vanished rows", "消失的记录";
    rooms: "Rooms", "直播间数";
    never_read: "Rooms never read", "从未读取的直播间";
    given_up: "Too old to wait for", "过久不再等待";
    given_up_note: "“Too old to wait for”: red packets that were not settled when last read, and are so old that a sync no longer reads them again.", "“过久不再等待”：上次读取时尚未了结、因时间过久同步不再重读的红包。";
    state: "State", "状态";
    whole: "complete", "完整";
    gaps: "gaps", "有缺口";
    no_rooms_named: "no rooms named; use rooms add", "未登记直播间，请用 rooms add";
    place: "Where", "位置";
    gaps_details: "What failed or was never read", "失败与从未读取的明细";
    no_accounts: "The ledger has no accounts yet.", "账本中还没有账号。";

    checks: "Checks", "对账检查";
    checks_lede: "A check that was not run proves nothing, and never counts as passed.", "未执行的检查不说明任何问题，也不算通过。";
    checks_table: "What came of each check, and how much it looked at", "各项检查结果及检查数量";
    check: "Check", "检查";
    no_checks: "No check was run: there are no accounts.", "没有账号，未执行任何检查。";
    passed: "passed", "通过";
    found: "found", "发现差异";
    not_run: "not run", "未执行";
    why_not: "Why checks were not run", "未执行的原因";
    remarks: "Remarks of the checks", "检查说明";
    reason: "Reason", "原因";
    remark: "Remark", "说明";

    findings: "Findings", "差异项";
    findings_lede: "The most serious first, then by amount. Open one to see the records that show it.", "按级别、再按金额排列；展开可查看依据。";
    findings_none: "Nothing is open: none of the checks that ran found anything that nobody has seen to.", "没有待处理的差异项（就已执行的检查而言）。";
    findings_scope: "Findings are of the whole ledger of these accounts, not of the period alone.", "差异项涵盖所选账号的全部账本记录，不限于该期间。";
    finding_id: "Id", "编号";
    subject: "About", "对象";
    first_found: "First found", "首次发现";
    evidence: "Evidence", "依据";
    evidence_elsewhere: "The evidence is left out here to keep the report small; “live-rewards reconcile --json” has it.", "为控制报告大小，此处省略依据；“live-rewards reconcile --json”可查看。";
    acknowledged: "Acknowledged findings", "已确认的差异项";
    note: "Note", "备注";
    noted_at: "Noted", "确认时间";
    information: "information", "提示";
    warning: "warning", "警告";
    error: "error", "错误";

    guide: "How to read this report", "阅读说明";
    guide_counts: "A red packet counts in the period in which it was sent. Its claims and its refund count with it, even if they came later: so every row adds up. The ledger’s closed months count each on its own day instead, and may differ.", "红包计入其发放期间，之后发生的领取和退款也随红包计入，因此每一行都能勾稽。月结按各自发生日统计，两者可能不同。";
    guide_exact: "Amounts are exact to the fen; nothing is rounded but shares in percent.", "金额精确到分；只有百分比四舍五入。";
    glossary: "Terms", "名词解释";
    issued_means: "What was paid into red packets, fee included.", "存入红包的金额，含手续费。";
    claimed_means: "What viewers took out of them.", "观众领取的金额。";
    refunded_means: "What went back to the sender, as far as the platform reports the amount.", "退回给发放方的金额，以平台报告的金额为准。";
    fee_means: "What the platform kept: the amount less what it says could be claimed.", "平台收取的费用：原始金额减去扣费后金额。";
    open_means: "Neither claimed nor refunded yet.", "尚未领取也未退款。";
    unreported_means: "The platform says it was refunded, and not how much: worked out, not proved.", "平台称已退款但未报告金额，由差额推算，未经证实。";
    residue_means: "Fen that an amount leaves over when it is split into equal shares.", "等额红包不能整除留下的零头。";
    difference_means: "What nothing accounts for: above zero where money is missing, below where there is too much.", "没有任何去向的金额：正数为缺少，负数为多出。";
    finding: "Finding", "差异项";
    finding_means: "Something that a check found. It stays open until somebody notes why it may stay, or it no longer holds.", "检查发现的问题；有人备注说明或问题消失前一直为待处理。";
    as_of_means: "The instant for which it is judged what is due: the last sync, unless another was asked for.", "判断是否到期的时点：未指定时为最近一次同步。";
}
