use std::{
    fs,
    io::{self, Write},
};

use live_rewards_emulator::{Emulator, EmulatorBuilder, Ready};

use crate::{arguments::Emulate, failure::Failure, interrupt};

pub(crate) async fn run(arguments: &Emulate) -> Result<(), Failure> {
    let emulator = builder(arguments)?.start().await.map_err(|error| {
        Failure::usage(format!(
            "the emulator can't start: {error}; choose another --port or --host"
        ))
    })?;
    emulator.set_clock_rate_milli(arguments.clock_rate);
    let text = if arguments.print_env {
        assignments(emulator.ready())
    } else {
        let ready = serde_json::to_string(emulator.ready());
        ready.map_err(|error| Failure::general(format!("no ready line: {error}")))?
    };
    let mut stdout = io::stdout();
    writeln!(stdout, "{text}")
        .and_then(|()| stdout.flush())
        .map_err(|error| Failure::stdout(&error))?;
    // Whoever started it ends it; requests under way are answered first.
    interrupt::interrupted().await;
    emulator.stop().await;
    Err(Failure::Interrupted)
}

fn builder(arguments: &Emulate) -> Result<EmulatorBuilder, Failure> {
    let mut builder = Emulator::builder()
        .seed(arguments.seed)
        .scenario(arguments.scenario)
        .host(arguments.host)
        .port(arguments.port)
        .limits(!arguments.no_limits);
    if let Some(claims) = arguments.claims {
        builder = builder.claims(claims);
    }
    if let Some(start) = arguments.start {
        builder = builder.start_at(start.epoch_ms());
    }
    if let Some(path) = &arguments.faults {
        let text = fs::read_to_string(path).map_err(|error| {
            Failure::usage(format!("can't read {}: {error}; check --faults", path.display()))
        })?;
        builder = builder
            .faults_toml(&text)
            .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
    }
    Ok(builder)
}

/// What `fetch` reads from the environment, for a shell. The values are the published demo credentials, which need no quotes.
fn assignments(Ready { xiaoe, polyv, yxt, admin, .. }: &Ready) -> String {
    let mut lines = vec![
        format!("export XIAOE_BASE_URL={}", xiaoe.base_url),
        format!("export XIAOE_APP_ID={}", xiaoe.app_id),
        format!("export XIAOE_CLIENT_ID={}", xiaoe.client_id),
        format!("export XIAOE_SECRET_KEY={}", xiaoe.secret_key),
        format!("export POLYV_BASE_URL={}", polyv.base_url),
        format!("export POLYV_APP_ID={}", polyv.app_id),
        format!("export POLYV_APP_SECRET={}", polyv.app_secret),
        format!("export YXT_BASE_URL={}", yxt.base_url),
        format!("export YXT_APP_KEY={}", yxt.app_key),
        format!("export YXT_APP_SECRET={}", yxt.app_secret),
    ];
    lines.extend(admin.iter().map(|admin| format!("export LIVE_REWARDS_ADMIN={}", admin.base_url)));
    lines.join("\n")
}
