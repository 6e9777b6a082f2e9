use crate::{
    emulated::{Emulated, TINY},
    run::{code, stderr, words},
    shop::Shop,
};

fn ok(shop: &Shop, arguments: &[&str]) -> String {
    shop.ok(&[&["--lang", "zh"][..], arguments].concat())
}

/// Columns that a line takes in a terminal.
pub(crate) fn width(line: &str) -> usize {
    line.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

#[test]
fn tables_are_in_chinese_and_aligned_and_data_is_the_same() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    let title = ["--title", "春季发布会", "--labels", "区域=华东"];
    assert_eq!(
        shop.told(&[&["rooms", "add", "--account", "polyv-shop", "7"][..], &title].concat()).0,
        Some(0)
    );
    let of_polyv = ["--account", "polyv-*"];
    let synced = ok(&shop, &[&["sync"][..], &of_polyv].concat());
    let mut tables = vec![synced];
    for arguments in
        [&["status"][..], &["rooms", "list"], &["state", "list"], &["sync", "--dry-run"]]
    {
        tables.push(ok(&shop, &[arguments, &of_polyv].concat()));
        for format in ["json", "jsonl", "csv"] {
            // The end of a plan is the time at which it is made.
            if arguments[0] != "sync" {
                let list = [arguments, &["--format", format]].concat();
                assert_eq!(ok(&shop, &list), shop.ok(&list), "{list:?}");
            }
        }
    }
    for table in &tables {
        let widths: Vec<_> =
            table.lines().take_while(|line| !line.starts_with("账本")).map(width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
    }
    let [synced, status, rooms, ..] = tables.as_slice() else { panic!("tables") };
    insta::assert_snapshot!([words(synced), words(status), words(rooms)].join("\n"), @r"
    账号 平台 请求 新增 变化 不变 读不出 已消失 结果
    polyv-shop polyv 25 597 0 0 0 0 完整
    账本：ledger.sqlite (DEMO 示例数据)
    账号 完整截至（北京时间） 上次同步（北京时间） 结果 未读完 失败 直播间 未读 静默 红包 领取 礼物 中奖 积分账户 积分流水 不再等 读不出 已消失
    polyv-shop TIME TIME 完整 0 0 3 0 1 25 462 25 73 0 0 0 0 0
    账本：ledger.sqlite (DEMO 示例数据)
    polyv-shop：channel 7 已有 30 天没有奖励
    账号 类型 直播间 标题 标签 结束（北京时间） 来源
    polyv-shop channel 2486200 王老师的直播间 1 平台
    polyv-shop channel 2486201 直播助理 · 小鱼的直播间 2 平台
    polyv-shop channel 7 春季发布会 区域=华东 用户
    账本：ledger.sqlite (DEMO 示例数据)
    ");
}

#[test]
fn errors_are_in_chinese() {
    let shop = Shop::unreached();
    shop.add("polyv", &["7".to_owned()], "ledger.sqlite");
    std::fs::write(shop.path("rooms.csv"), "id,vendr\n1,polyv\n").unwrap();
    let mut told = Vec::new();
    for (arguments, expected) in [
        (&["sync", "--account", "polyv-*"][..], 5),
        (&["sync", "--account", "nobody"], 2),
        (&["sync", "--since", "soon"], 2),
        (&["sync", "--since", "2026-02-01", "--until", "2026-02-01"], 2),
        (&["sync", "--config", "no.toml"], 2),
        (&["status", "--ledger", "none.sqlite"], 2),
        (&["state", "show", "polyv-shop", "gifts"], 2),
        (&["rooms", "import", "rooms.csv"], 2),
        (&["rooms", "add", "--account", "polyv-shop", "7,8"], 2),
        (&["rooms", "add", "--account", "polyv-shop"], 2),
    ] {
        let output = shop.run(&[&["--lang", "zh"][..], arguments].concat());
        assert_eq!(code(&output), Some(expected), "{arguments:?}: {}", stderr(&output));
        told.push(stderr(&output));
    }
    insta::assert_snapshot!(told.concat(), @r#"
    错误：polyv-shop：polyv channel_list：连接失败：the connection could not be made（共试 5 次）；请检查网络和 base URL
    错误：配置里没有账号 nobody；有的是：polyv-shop、xiaoe-shop、yxt-shop
    错误：--since <INSTANT> 的值“soon”无效：请给出日期，如 2026-01-31；北京时间，如 2026-01-31 08:00:00；或时刻，如 2026-01-31T08:00:00Z

    更多信息请用 --help 查看。
    错误：--since 与 --until 之间没有时间；请给出更晚的 --until
    错误：无法读取 no.toml：没有这个文件或目录；请检查 --config
    错误：账本 none.sqlite 不存在；运行 sync 即可新建
    错误：账本里没有这个列表；state list 会列出已有的
    错误：rooms.csv：第 2 行：不认识的字段 `vendr`；可用的有：`id`、`account`、`vendor`、`kind`、`title`、`labels`、`ended_at`；没有添加任何直播间
    错误：直播间 id "7,8" 里有逗号或空白；请逐个给出
    错误：缺少必需的参数 <ID>...

    更多信息请用 --help 查看。
    "#);
}

#[test]
fn the_language_is_asked_for_or_the_locales() {
    let shop = Shop::unreached();
    shop.add("polyv", &["7".to_owned()], "ledger.sqlite");
    for (variables, flags, expected) in [
        (&[("LANG", "zh_CN.UTF-8")][..], &[][..], "账号"),
        (&[("LANG", "en_US.UTF-8")], &[], "Account"),
        (&[("LANG", "en_US.UTF-8"), ("LIVE_REWARDS_LANG", "zh")], &[], "账号"),
        (&[("LIVE_REWARDS_LANG", "zh")], &["--lang", "en"], "Account"),
    ] {
        let mut list = shop.command(&[&["rooms", "list"][..], flags].concat());
        let listed = list.envs(variables.iter().copied()).output().unwrap();
        let listed = crate::run::stdout(&listed);
        assert!(listed.contains(expected), "{variables:?} {flags:?}: {listed}");
    }
}
