use std::{
    fs, future,
    io::{self, Write},
    pin::pin,
};

use live_rewards_emulator::{Emulator, EmulatorBuilder, Ready, Scenario};

use crate::{
    arguments::Emulate,
    failure::{Failure, reason},
    interrupt,
    language::say,
};

pub(crate) async fn run(arguments: &Emulate) -> Result<(), Failure> {
    let emulator = builder(arguments)?.start().await.map_err(|error| {
        let advice = match error.kind() {
            // What was given lies within its bounds: it is the machine's clock that doesn't.
            io::ErrorKind::InvalidInput => {
                say!("set this machine's clock or give --start", "请校准本机时钟，或给出 --start")
            }
            _ => say!("choose another --port or --host", "请换一个 --port 或 --host"),
        };
        let text = say!(
            "the emulator can't start: {error}; {advice}",
            "模拟器无法启动：{error}；{advice}"
        );
        match error.kind() {
            // Another time it may be free.
            io::ErrorKind::AddrInUse => Failure::general(text),
            _ => Failure::usage(text),
        }
    })?;
    let text = if arguments.print_env {
        assignments(emulator.ready())
    } else {
        let ready = serde_json::to_string(emulator.ready());
        ready.map_err(|error| {
            Failure::general(say!("no ready line: {error}", "无法写出就绪行：{error}"))
        })?
    };
    let mut asked_to_end = pin!(interrupt::asked_to_end());
    // Whoever reads the line may ask it to end at once: that is listened for before.
    tokio::select! {
        biased;
        _ = &mut asked_to_end => return Err(Failure::Interrupted),
        () = future::ready(()) => {}
    }
    let mut stdout = io::stdout();
    // In one piece: who sees the beginning can read the whole.
    stdout
        .write_all(format!("{text}\n").as_bytes())
        .and_then(|()| stdout.flush())
        .map_err(|error| Failure::stdout(&error))?;
    // Whoever started it ends it; requests under way are answered first.
    let is_asked = asked_to_end.await;
    emulator.stop().await;
    // To a request to end this is the right answer: nothing was left undone.
    if is_asked { Ok(()) } else { Err(Failure::Interrupted) }
}

fn builder(arguments: &Emulate) -> Result<EmulatorBuilder, Failure> {
    let mut builder = Emulator::builder()
        .seed(arguments.seed)
        .scenario(arguments.scenario)
        .host(arguments.host)
        .port(arguments.port)
        .clock_rate_milli(arguments.clock_rate)
        .limits(!arguments.no_limits);
    if let Some(host) = &arguments.announce {
        builder = builder.announce(host).map_err(|error| {
            Failure::usage(error.to_string()).about(&format!("--announce {host}"))
        })?;
    }
    if let Some(claims) = arguments.claims {
        if arguments.scenario != Scenario::Campaign {
            return Err(Failure::usage(say!(
                "only a campaign has --claims; add --scenario campaign or leave them out",
                "只有 campaign 场景有 --claims；请加上 --scenario campaign，或去掉 --claims"
            )));
        }
        builder = builder.claims(claims);
    }
    if let Some(clock) = arguments.clock {
        if arguments.start.is_none() && !EmulatorBuilder::STARTS_MS.contains(&clock.epoch_ms()) {
            return Err(Failure::usage(say!(
                "no data can lie just before --clock {clock}; give --start an instant between 2001 and 2106",
                "--clock {clock} 之前无法安排数据；请用 --start 给出 2001 年至 2106 年之间的时间"
            )));
        }
        builder = builder.clock_at(clock.epoch_ms());
    }
    if let Some(start) = arguments.start {
        builder = builder.start_at(start.epoch_ms());
    }
    if let Some(path) = &arguments.faults {
        let text = fs::read_to_string(path).map_err(|error| {
            Failure::usage(say!(
                "can't read {}: {}; check --faults",
                "无法读取 {}：{}；请检查 --faults",
                path.display(),
                reason(&error)
            ))
        })?;
        builder = builder.faults_toml(&text).map_err(|error| {
            Failure::usage(error.to_string()).about(&format!("--faults {}", path.display()))
        })?;
    }
    Ok(builder)
}

/// What `fetch` reads from the environment, and what else a shell may need. Ids and the published demo credentials need no
/// quotes, but for the spaces between several.
fn assignments(Ready { start, xiaoe, polyv, yxt, admin, .. }: &Ready) -> String {
    let mut lines = vec![
        format!("export LIVE_REWARDS_START={start}"),
        format!("export XIAOE_BASE_URL={}", xiaoe.base_url),
        format!("export XIAOE_APP_ID={}", xiaoe.app_id),
        format!("export XIAOE_CLIENT_ID={}", xiaoe.client_id),
        format!("export XIAOE_SECRET_KEY={}", xiaoe.secret_key),
        format!("export XIAOE_PUSH_TOKEN={}", xiaoe.push_token),
        format!("export XIAOE_PUSH_KEY={}", xiaoe.push_key),
        format!("export XIAOE_ROOMS='{}'", xiaoe.resource_ids.join(" ")),
        format!("export POLYV_BASE_URL={}", polyv.base_url),
        format!("export POLYV_APP_ID={}", polyv.app_id),
        format!("export POLYV_APP_SECRET={}", polyv.app_secret),
        format!("export POLYV_LIVE_ACCOUNT={}", polyv.live_account),
        format!("export POLYV_ROOMS='{}'", polyv.channel_ids.join(" ")),
        format!("export POLYV_LUCKY_BAGS='{}'", polyv.lucky_bag_ids.join(" ")),
        format!("export POLYV_PRIZE_ACTIVITIES='{}'", polyv.prize_activity_ids.join(" ")),
        format!("export YXT_BASE_URL={}", yxt.base_url),
        format!("export YXT_APP_KEY={}", yxt.app_key),
        format!("export YXT_APP_SECRET={}", yxt.app_secret),
        format!("export YXT_ROOMS='{}'", yxt.room_ids.join(" ")),
    ];
    lines.extend(admin.iter().map(|admin| format!("export LIVE_REWARDS_ADMIN={}", admin.base_url)));
    lines.join("\n")
}
