use live_rewards::{LiveRewardsExt, Points as Number, PointsAccount, PointsQuery, UserId};

use super::{ForPeople, Output, Source};
use crate::{
    arguments::Points,
    failure::Failure,
    language::say,
    sheet::{Cell, Sheet},
};

/// Most users that a query names: what Xiaoe takes, the only vendor with points accounts.
const USERS_A_QUERY: usize = 100;

pub(crate) async fn run(arguments: &Points) -> Result<(), Failure> {
    let users = users(&arguments.user)?;
    let source = Source::open(&arguments.whose)?;
    source.offered::<PointsAccount, _>(source.rewards.capabilities().points_accounts)?;
    let mut output = Output::new::<PointsAccount>(&source, arguments.rows);
    let batches: Vec<_> = if users.is_empty() {
        vec![None]
    } else {
        users.chunks(USERS_A_QUERY).map(|users| Some(users.to_vec())).collect()
    };
    for users in batches {
        let mut query = PointsQuery::new().read_ahead(source.read_ahead);
        query.page_size = arguments.rows.page_size;
        query.users = users;
        let rows = source.rewards.points_accounts(query);
        if output.write(&source.name, rows, |_| true).await?.is_break() {
            break;
        }
    }
    output.finish()
}

/// The users that were named, each once.
fn users(ids: &[String]) -> Result<Vec<UserId>, Failure> {
    let mut users = Vec::with_capacity(ids.len());
    for id in ids {
        let id = id.trim();
        if id.is_empty() {
            return Err(Failure::usage(say!(
                "a user id is empty; give it or leave --user out",
                "有一个用户 ID 为空；请补上，或去掉 --user"
            )));
        }
        let id = UserId::from(id);
        if !users.contains(&id) {
            users.push(id);
        }
    }
    Ok(users)
}

impl ForPeople for PointsAccount {
    fn plural() -> String {
        say!("points accounts", "积分账户")
    }

    fn sheet() -> Sheet {
        Sheet::new("points_accounts")
            .column("user_id", say!("User", "用户 ID"))
            .column("user_nickname", say!("Nickname", "昵称"))
            .column("available", say!("Available", "可用积分"))
            .column("frozen", say!("Frozen", "冻结积分"))
            .column("reported_total", say!("Total, as reported", "总积分（平台口径）"))
            .column("first_earned_at", say!("First earned (Beijing)", "首次获得（北京时间）"))
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.user.id.as_str().into(),
            self.user.nickname.as_deref().into(),
            self.available.get().into(),
            self.frozen.map(Number::get).into(),
            self.reported_total.map(Number::get).into(),
            self.first_earned_at.into(),
        ]
    }
}
