use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
};

use crate::run::command;

/// Data that is the same each time, but for ids and the points log, which go by the day.
pub(crate) const TINY: &[&str] = &["--scenario", "tiny", "--seed", "7", "--clock-rate", "0"];

/// Three vendors in another process, which ends with the test however that ends.
pub(crate) struct Emulated {
    process: Child,
    ready: serde_json::Value,
}

impl Emulated {
    pub(crate) fn start() -> Self {
        Self::with(&["--seed", "7"])
    }

    /// Three vendors that are started with these flags.
    pub(crate) fn with(flags: &[&str]) -> Self {
        let mut process = command(&["emulate", "--port", "0"])
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(ready["event"], "ready");
        Self { process, ready }
    }

    /// The line that it writes when it is ready.
    pub(crate) fn ready(&self) -> &serde_json::Value {
        &self.ready
    }

    /// What its management port answers.
    pub(crate) fn manage(&self, method: &str, path: &str) -> serde_json::Value {
        self.ask(method, path, "")
    }

    /// Orders something at its management port, which must not refuse it.
    pub(crate) fn order(&self, path: &str, what: &serde_json::Value) {
        let answer = self.ask("POST", path, &what.to_string());
        assert!(answer.get("error").is_none(), "{what}: {answer}");
    }

    /// How many requests came to the vendors.
    pub(crate) fn requests(&self) -> u64 {
        self.manage("GET", "/journal?limit=1")["requests"].as_u64().unwrap()
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> serde_json::Value {
        let address = self.ready["admin"]["base_url"].as_str().unwrap().replace("http://", "");
        let mut stream = TcpStream::connect(&address).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    /// The variables by which a fetch finds a vendor.
    pub(crate) fn environment(&self, vendor: &str) -> Vec<(String, String)> {
        let names: &[&str] = match vendor {
            "xiaoe" => &["app_id", "client_id", "secret_key", "base_url"],
            "polyv" => &["app_id", "app_secret", "base_url"],
            _ => &["app_key", "app_secret", "base_url"],
        };
        let variable = |name: &&str| {
            let value = self.ready[vendor][name].as_str().unwrap().to_owned();
            (format!("{vendor}_{name}").to_ascii_uppercase(), value)
        };
        names.iter().map(variable).collect()
    }

    /// The vendor's rooms.
    pub(crate) fn rooms(&self, vendor: &str) -> Vec<String> {
        let name = match vendor {
            "xiaoe" => "resource_ids",
            "polyv" => "channel_ids",
            _ => "room_ids",
        };
        let rooms = self.ready[vendor][name].as_array().unwrap();
        rooms.iter().map(|room| room.as_str().unwrap().to_owned()).collect()
    }
}

#[cfg(unix)]
impl Emulated {
    /// Exit code after a signal.
    pub(crate) fn ended_by(mut self, signal: &str) -> Option<i32> {
        crate::run::signal(signal, self.process.id());
        self.process.wait().unwrap().code()
    }
}

impl Drop for Emulated {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
