//! What the file store leaves in its folder, and what it makes of what it finds there.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use futures_util::{FutureExt, future::lazy};
use live_rewards_core::{ErrorKind, Result};
use live_rewards_http::{
    Clock, FetchLock, FileTokenStore, LimitScope, RateLimit, StoredToken, Surroundings, TokenCache,
    TokenKey, TokenStore,
};
use tokio::task::yield_now;

use crate::token_stores::{FAR, clock, held, key, none, over, token};

fn client(folder: &Path) -> TokenCache {
    over(Arc::new(FileTokenStore::new(folder).unwrap()), &clock())
}

/// The files of a folder that have an extension.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

/// The one file of a folder that has an extension.
fn file(folder: &Path, extension: &str) -> PathBuf {
    let mut found = files(folder, extension);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// A folder with a token, and the token's file.
async fn folder_with(value: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    client(folder.path()).get(FAR, |_| token(value)).await.unwrap();
    let file = file(folder.path(), "json");
    (folder, file)
}

/// What is in the folder is not used, and gives way to a good file.
async fn is_replaced(folder: &Path) {
    assert_eq!(held(client(folder).get(FAR, |_| token("fresh")).await), "fresh");
    assert_eq!(held(client(folder).get(FAR, |_| none()).await), "fresh");
    assert!(files(folder, "new").is_empty());
}

#[tokio::test]
async fn corrupt_and_foreign_files_count_as_none_and_are_replaced() {
    let (_good_folder, good) = folder_with("t1").await;
    let good = fs::read_to_string(good).unwrap();
    let texts = [
        String::new(),
        good[..good.len() / 2].to_owned(),
        "<html>".to_owned(),
        good.replace("\"app\"", "\"another\""),
        good.replace("t1", ""),
        format!("{}{good}", " ".repeat(100_000)),
    ];
    for text in texts {
        let (folder, file) = folder_with("t2").await;
        fs::write(&file, &text).unwrap();
        is_replaced(folder.path()).await;
    }
    let (folder, file) = folder_with("t2").await;
    fs::write(&file, b"\xff\xfe\x00").unwrap();
    is_replaced(folder.path()).await;
}

#[tokio::test]
async fn what_a_process_left_that_ended_in_the_middle_is_replaced() {
    let (folder, file) = folder_with("t1").await;
    fs::rename(&file, file.with_extension("new")).unwrap();
    is_replaced(folder.path()).await;
}

#[tokio::test]
async fn a_folder_in_the_place_of_the_file_keeps_nobody_from_a_token() {
    let (folder, file) = folder_with("t1").await;
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    let client = client(folder.path());
    assert_eq!(held(client.get(FAR, |_| token("t2")).await), "t2");
    assert_eq!(held(client.get(FAR, |_| none()).await), "t2");
    assert!(files(folder.path(), "new").is_empty());
}

#[tokio::test]
async fn a_token_is_not_lost_when_the_caller_is_dropped_while_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let fetched = Arc::new(AtomicBool::new(false));
    {
        let cache = client(folder.path());
        let mut getting = Box::pin(cache.get(FAR, |_| {
            let fetched = Arc::clone(&fetched);
            lazy(move |_| fetched.store(true, Ordering::Relaxed)).then(|()| token("t1"))
        }));
        while !fetched.load(Ordering::Relaxed) {
            let _ = getting.as_mut().now_or_never();
            yield_now().await;
        }
    }
    assert_eq!(held(client(folder.path()).get(FAR, |_| none()).await), "t1");
}

#[tokio::test]
async fn what_counts_is_made_anew_if_it_is_corrupt() {
    let limit = RateLimit::new(1, 10, LimitScope::Endpoint);
    let folder = tempfile::tempdir().unwrap();
    let soon = Duration::from_secs(1);
    // Another client each time: what one has counted itself, it doesn't count anew.
    let count = async || client(folder.path()).count(Some(limit), soon).await;
    count().await.unwrap();
    assert_eq!(count().await.unwrap_err().kind(), ErrorKind::RateLimited);
    for corrupt in ["", "[1660272526789", "{}", "\0"] {
        fs::write(file(folder.path(), "tally"), corrupt).unwrap();
        count().await.unwrap();
        count().await.unwrap_err();
    }
}

#[tokio::test]
async fn what_was_counted_is_not_lost_when_more_can_not_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileTokenStore::new(folder.path()).unwrap();
    let count = async |requests| {
        let limit = RateLimit::new(requests, 10, LimitScope::Endpoint);
        store.count(&key(), limit, clock().now()).await
    };
    assert_eq!(count(1).await.unwrap(), None);
    // In the place of the new file.
    let in_the_way = file(folder.path(), "tally").with_extension("new_tally");
    fs::create_dir(&in_the_way).unwrap();
    count(2).await.unwrap_err();
    fs::remove_dir(in_the_way).unwrap();
    assert!(count(1).await.unwrap().is_some());
    assert_eq!(count(2).await.unwrap(), None);
}

/// As when a process was stopped while it counted.
#[tokio::test]
async fn nobody_waits_in_vain_for_another_one_to_count() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileTokenStore::new(folder.path()).unwrap();
    let limit = RateLimit::new(2, 10, LimitScope::Endpoint);
    let now = clock().now();
    assert_eq!(store.count(&key(), limit, now).await.unwrap(), None);
    let other = fs::File::open(file(folder.path(), "tally_lock")).unwrap();
    other.lock().unwrap();
    let wait = store.count(&key(), limit, now).await.unwrap().unwrap();
    assert!(wait < Duration::from_secs(1), "{wait:?}");
    drop(other);
    assert_eq!(store.count(&key(), limit, now).await.unwrap(), None);
}

#[cfg(unix)]
mod unix {
    use std::{
        fs,
        os::unix::fs::{PermissionsExt, symlink},
        path::Path,
    };

    use live_rewards_core::ErrorKind;
    use live_rewards_http::FileTokenStore;

    use super::{client, file, folder_with, is_replaced};
    use crate::{
        shop::LIMIT,
        token_stores::{FAR, token},
    };

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[tokio::test]
    async fn folder_and_files_are_their_owners_alone() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("a").join("b");
        let client = client(&folder);
        client.get(FAR, |_| token("t1")).await.unwrap();
        client.count(Some(LIMIT), FAR).await.unwrap();
        assert_eq!(mode(&folder), 0o700);
        for extension in ["json", "lock", "tally", "tally_lock"] {
            assert_eq!(mode(&file(&folder, extension)), 0o600, "{extension}");
        }
    }

    #[test]
    fn a_folder_that_others_may_write_to_is_refused() {
        for (mode, good) in [(0o700, true), (0o755, true), (0o770, false), (0o777, false)] {
            let folder = tempfile::tempdir().unwrap();
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
            match FileTokenStore::new(folder.path()) {
                Ok(_) => assert!(good, "{mode:o}"),
                Err(error) => {
                    assert_eq!((error.kind(), good), (ErrorKind::Config, false), "{mode:o}");
                }
            }
        }
    }

    #[tokio::test]
    async fn a_file_that_others_may_read_or_write_is_not_used() {
        for open in [0o640, 0o602] {
            let (folder, file) = folder_with("t1").await;
            fs::set_permissions(&file, fs::Permissions::from_mode(open)).unwrap();
            is_replaced(folder.path()).await;
            assert_eq!(mode(&file), 0o600);
        }
    }

    #[tokio::test]
    async fn a_link_is_not_followed() {
        let (folder, file) = folder_with("t1").await;
        let elsewhere = folder.path().join("elsewhere");
        fs::rename(&file, &elsewhere).unwrap();
        symlink(&elsewhere, &file).unwrap();
        is_replaced(folder.path()).await;
        assert!(fs::read_to_string(elsewhere).unwrap().contains("t1"));
    }
}

/// Tells a process of [`processes_do_not_fetch_over_each_other`] where the tokens are.
const FOLDER: &str = "LIVE_REWARDS_TEST_TOKENS";

const PROCESSES: usize = 4;

#[tokio::test]
async fn processes_do_not_fetch_over_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "token_files::a_process_of_its_own"]);
        command.env(FOLDER, folder.path()).stdout(Stdio::null()).spawn().unwrap()
    };
    let processes: Vec<_> = (0..PROCESSES).map(|_| start()).collect();
    for mut process in processes {
        assert!(process.wait().unwrap().success());
    }
    let fetched = fs::read_to_string(file(folder.path(), "fetched")).unwrap();
    assert_eq!(files(folder.path(), "locked_out").len(), PROCESSES - 1, "all came meanwhile");
    let got = files(folder.path(), "got");
    assert_eq!(got.len(), PROCESSES);
    for got in got {
        assert_eq!(fs::read_to_string(got).unwrap(), fetched);
    }
}

/// What each of the processes does; nothing in a usual run.
#[tokio::test]
async fn a_process_of_its_own() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let store = Noting { store: FileTokenStore::new(&folder).unwrap(), folder: folder.clone() };
    let fetch = |_: Duration| {
        let folder = folder.clone();
        async move {
            let value = format!("the token of {}", process::id());
            note(&folder, "fetched", &value);
            // Until all the others are locked out, or fetch as well.
            let others = || files(&folder, "locked_out").len() + files(&folder, "fetched").len();
            for _ in 0..60_000 {
                if others() >= PROCESSES {
                    break;
                }
                Surroundings::system().sleep.sleep(Duration::from_millis(1)).await;
            }
            token(&value).await
        }
    };
    let got = held(over(Arc::new(store), &clock()).get(FAR, fetch).await);
    note(&folder, "got", &got);
}

/// Leaves a file of this process.
fn note(folder: &Path, extension: &str, text: &str) {
    fs::write(folder.join(process::id().to_string()).with_extension(extension), text).unwrap();
}

/// Notes that another process has the lock.
#[derive(Debug)]
struct Noting {
    store: FileTokenStore,
    folder: PathBuf,
}

#[async_trait]
impl TokenStore for Noting {
    async fn load(&self, key: &TokenKey) -> Result<Option<StoredToken>> {
        self.store.load(key).await
    }

    async fn try_lock(&self, key: &TokenKey) -> Result<Option<FetchLock>> {
        let lock = self.store.try_lock(key).await?;
        if lock.is_none() {
            note(&self.folder, "locked_out", "");
        }
        Ok(lock)
    }

    async fn save(&self, key: &TokenKey, token: StoredToken, lock: FetchLock) -> Result<()> {
        self.store.save(key, token, lock).await
    }
}
