use std::fs;

use serde_json::Value;

use crate::{
    run::{code, stderr, words},
    shop::{Shop, with_red_packets as shop},
};

fn document(shop: &Shop, arguments: &[&str]) -> Value {
    serde_json::from_str(&shop.ok(&[&["reconcile", "--json"], arguments].concat())).unwrap()
}

/// Checks of red packets that found something, and how much.
fn found(shop: &Shop, arguments: &[&str]) -> Vec<String> {
    let document = document(shop, arguments);
    let findings = document["findings"].as_array().unwrap().iter();
    let of_packets = findings.filter(|finding| {
        let subject = &finding["subject"];
        subject["table"] == "red_packets" && subject["id"] != ""
    });
    let shown = of_packets
        .map(|finding| format!("{} {}", finding["code"].as_str().unwrap(), finding["amount_fen"]));
    shown.collect()
}

/// The lines that are about A1 or A2, and the heads.
fn of_first_checks(shown: &str) -> String {
    let is_wanted = |line: &&str| {
        [" A1 ", " A2 ", "A1-"].iter().any(|text| line.contains(text))
            || ["Account ", "Finding ", "账号 ", "差异项 "]
                .iter()
                .any(|head| line.starts_with(head))
    };
    words(shown).lines().filter(is_wanted).collect::<Vec<_>>().join("\n")
}

#[test]
fn people_read_it_in_their_language() {
    let shop = shop();
    insta::assert_snapshot!(of_first_checks(&shop.ok(&["reconcile"])), @r"
    Account Check Result Looked at Findings Remark
    polyv-shop A1 found 2 1
    polyv-shop A2 not run reports no fee
    Finding Weight Account Room About ¥ Points What Note
    A1-9eaba65f293f1003 error polyv-shop 7 p 0.37 issued 2.57 yuan, claimed 2.20, left 0.00: 0.37 yuan missing
    ");
    insta::assert_snapshot!(of_first_checks(&shop.ok(&["--lang", "zh", "reconcile"])), @r"
    账号 检查 结果 检查数 差异 说明
    polyv-shop A1 发现差异 2 1
    polyv-shop A2 未执行 不提供手续费
    差异项 级别 账号 直播间 对象 ¥ 积分 说明 备注
    A1-9eaba65f293f1003 错误 polyv-shop 7 p 0.37 发放 2.57 元，领取 2.20 元，余额 0.00 元：少 0.37 元
    ");
    let checks = |language| shop.ok(&["--lang", language, "reconcile", "checks"]);
    assert!(checks("en").starts_with("# Checks\n"));
    assert!(checks("zh").starts_with("# 对账检查\n"));
}

#[test]
fn machines_read_the_same_in_any_language() {
    let shop = shop();
    let csv = shop.ok(&["reconcile", "--format", "csv"]);
    let mut lines = csv.lines();
    insta::assert_snapshot!(lines.next().unwrap(), @"id,code,severity,account,room,subject_id,amount_fen,points,text,status,note,first_found_at,demo");
    // The last columns are the time of the first run, and that the account is emulated.
    let finding = lines.find(|line| line.contains("A1-")).unwrap();
    insta::assert_snapshot!(finding.rsplitn(3, ',').last().unwrap(), @r#"A1-9eaba65f293f1003,A1,error,polyv-shop,7,p,37,,"{""en"":""issued 2.57 yuan, claimed 2.20, left 0.00: 0.37 yuan missing"",""zh"":""发放 2.57 元，领取 2.20 元，余额 0.00 元：少 0.37 元""}",open,"#);
    assert_eq!(shop.ok(&["--lang", "zh", "reconcile", "--format", "csv"]), csv);
    let document = document(&shop, &["--lang", "zh"]);
    let objects = shop.ok(&["reconcile", "--format", "jsonl"]);
    let objects = objects.lines().map(|line| {
        let mut object: Value = serde_json::from_str(line).unwrap();
        assert_eq!(object.as_object_mut().unwrap().remove("demo"), Some(true.into()));
        object
    });
    assert_eq!(document["findings"], objects.collect::<Value>());
    let a2 = document["checks"].as_array().unwrap().iter().find(|check| check["code"] == "A2");
    assert_eq!(a2.unwrap()["state"], "not_run");
    assert!(a2.unwrap()["why"]["zh"].is_string());
}

#[test]
fn an_id_that_is_mistyped_is_told_with_the_nearest() {
    let shop = shop();
    let csv = shop.ok(&["reconcile", "--format", "csv"]);
    let id = csv.lines().find(|line| line.starts_with("A1-")).unwrap().split(',').next().unwrap();
    let acknowledge = |id: &str| shop.told(&["reconcile", "ack", id, "--note", "已与平台核实"]);
    let mistyped = format!("{}0000", &id[..id.len() - 4]);
    assert_eq!(
        acknowledge(&mistyped),
        (Some(2), format!("error: the ledger has no finding {mistyped}; the nearest is {id}\n"))
    );
    insta::assert_snapshot!(acknowledge("C2-1").1, @"error: the ledger has no finding C2-1; live-rewards reconcile lists them");
    assert_eq!(acknowledge(id).0, Some(0));
    assert!(!shop.ok(&["reconcile", "--format", "csv"]).contains(id));
    let all = shop.ok(&["reconcile", "--all"]);
    assert!(all.contains(id) && all.contains("已与平台核实"), "{all}");
}

#[test]
fn what_the_configuration_says_of_an_account_is_for_it_alone() {
    let shop = shop();
    assert_eq!(found(&shop, &[]), ["A1 37", "A6 80"]);
    shop.reconfigure(|text| format!("{text}\n[reconcile]\nrefund_grace_hours = 25\n"));
    assert_eq!(found(&shop, &[]), ["A1 37"]);
    let of_account = |lines: &str| {
        let account = format!("[accounts.polyv-shop]\n{lines}");
        shop.reconfigure(|text| text.replace("[accounts.polyv-shop]\n", &account));
    };
    of_account("expiry_hours = 71\ntolerance_fen = 37\n");
    assert_eq!(found(&shop, &[]), ["A6 80"]);
    assert_eq!(found(&shop, &["--tolerance-fen", "36"]), ["A1 37", "A6 80"]);
}

#[test]
fn what_the_bank_has_is_told_row_by_row() {
    let shop = shop();
    fs::write(shop.path("bank.csv"), "2024-01-15,-2.57\n2024-01-15,-9.99\n").unwrap();
    let bank = ["reconcile", "--bank", "bank.csv", "--bank-format", "date=1,amount=2"];
    let of = |arguments: &[&str]| {
        let output = shop.run(&[&bank[..], arguments].concat());
        (code(&output), String::from_utf8(output.stdout).unwrap())
    };
    let (code, csv) = of(&["--format", "csv", "--all"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!(csv, @r#"
    class,account,kind,key,room,order,direction,ledger_fen,ledger_at,file,line,bank_fen,bank_at,line_id,line_ids,business,by,why,demo
    matched,polyv-shop,red_packet,"[""p""]",7,,out,257,2024-01-15T04:00:00Z,bank.csv,1,257,2024-01-14T16:00:00Z,,[],,amount_and_day,,true
    missing_in_ledger,,,,,,out,,,bank.csv,2,999,2024-01-14T16:00:00Z,,[],,,,true
    suspended,polyv-shop,red_packet,"[""r""]",7,,out,300,2024-01-15T04:00:00Z,,,,,,,,,edge,true
    "#);
    let (code, shown) = of(&["--lang", "zh", "--fail-on", "error"]);
    assert_eq!(code, Some(6));
    let (_, bank) = shown.split_once("银行侧").unwrap();
    insta::assert_snapshot!(words(bank), @r"
    账本笔数 支出 ¥ 收入 ¥ 银行笔数 支出 ¥ 收入 ¥
    平账 1 2.57 0.00 1 2.57 0.00
    本地有渠道无 0 0.00 0.00 0 0.00 0.00
    渠道有本地无 0 0.00 0.00 1 9.99 0.00
    金额不符 0 0.00 0.00 0 0.00 0.00
    存疑 1 3.00 0.00 0 0.00 0.00
    核对范围：北京时间 TIME 至 TIME 00:00:00（不含）
    银行侧 账号 类型 订单号 方向 账本 ¥ 账本时间（北京时间） 文件 行 银行 ¥ 记账（北京时间） 业务 匹配依据 存疑原因
    渠道有本地无 支出 bank.csv 2 9.99 TIME
    存疑 polyv-shop 红包 支出 3.00 TIME 临近文件首尾
    ");
}

/// clap takes what the environment says as given, which must not keep other commands from running.
#[test]
fn the_environment_can_say_what_flags_say() {
    let shop = shop();
    let environment = [
        ("LIVE_REWARDS_RECONCILE_FAIL_ON", "error"),
        ("LIVE_REWARDS_RECONCILE_ALL", "1"),
        ("LIVE_REWARDS_BANK_FROM", "2024-01-15"),
        ("LIVE_REWARDS_FORMAT", "jsonl"),
    ];
    let run = |arguments: &[&str]| {
        let output = shop.command(arguments).envs(environment).output().unwrap();
        (code(&output), stderr(&output))
    };
    assert_eq!(run(&["reconcile", "checks"]), (Some(0), String::new()));
    insta::assert_debug_snapshot!(run(&["reconcile"]), @r#"
    (
        Some(
            6,
        ),
        "--bank-from and --bank-until are of no use without --bank\nerror: 2 open findings; look into them, or keep a note with reconcile ack ID --note\n",
    )
    "#);
}
