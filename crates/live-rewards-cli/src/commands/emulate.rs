use std::io::{self, Write};

use live_rewards_emulator::Emulator;

use crate::{arguments::Emulate, failure::Failure};

pub(crate) async fn run(arguments: &Emulate) -> Result<(), Failure> {
    let started = Emulator::builder().seed(arguments.seed).port(arguments.port).start().await;
    let emulator = started.map_err(|error| {
        Failure::usage(format!("the emulator can't start: {error}; choose another --port"))
    })?;
    let ready = serde_json::to_string(emulator.ready())
        .map_err(|error| Failure::general(format!("the ready line can't be written: {error}")))?;
    let mut stdout = io::stdout();
    writeln!(stdout, "{ready}")
        .and_then(|()| stdout.flush())
        .map_err(|error| Failure::stdout(&error))?;
    // Whoever started it ends it: by Ctrl-C or a request to end.
    std::future::pending().await
}
