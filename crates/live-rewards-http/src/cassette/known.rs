//! Which members and parameters are of no person, as the vendors spell them. Those that don't stand here are replaced.

use std::{collections::HashMap, sync::LazyLock};

use super::pseudonym::{Person, plain};

/// What becomes of the value of a member or parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Treatment {
    /// It stays; what stands in an object is judged by its own names.
    Stays,
    /// What stands in an object is judged by its own names; a text or number right here is replaced.
    Within,
    /// Words of the vendor's own, which may name a person: they stay without what looks like an id.
    Message,
    /// It is replaced, with all that stands in it.
    Replaced(Person),
}

const TIMES: &str = "
    alive_manual_stop_at alive_start_at alive_stop_at create_time create_time_end create_time_start created_at createdTime date dayOfUse
    duration end end_at endDate endTime expires_in feedbackTime finishTime firstSignTime freeze_day indate joinTime last_paytime_end
    last_paytime_start lastModified lastSignTime latest_visited_at latest_visited_end latest_visited_start latestAuthTime leaveTime
    notifyShortTime notifyTime payTime receiveEndTime receiverLivePlayDuration receiverPlaybackPlayDuration receiverPlayDuration
    receiverTime receiveStartTime receiveTime refund_time start start_at startDate startTime time timeFormat timestamp useEndTime
    user_created_at user_created_end user_created_start useStartTime watchDuration year_month zb_start_at zb_stop_at
";

const AMOUNTS: &str = "
    after_deduction_money amount average_price balance cashMin cashs flow_count freeze_balance max_pay_sum min_pay_sum money
    month_total_consume month_total_grant pay_sum prdPoint price refund_money reward_sum score total_after_deduction_money total_balance
    total_money totalPoint unitPoint
";

const COUNTS: &str = "
    availableAmount count countSign factSign feedbackCount goodNum likes max_punch_count maxViewer min_punch_count notifyCount num
    onlineNum pageView participantTask punch_count purchase_count quantity reachAllReward reachAllTask receive_number receive_total
    receiverCheckInCount sort total total_number total_rounds totalUsers view_count viewers watchChannelCount winnerCount
";

const PAGES: &str = "
    current_page currentPage endRow firstPage last_page lastPage limit nextPageNumber offset page page_count page_size pageNumber pages
    pageSize prePageNumber startRow totalItems totalPages
";

const LABELS: &str = "
    acceptType account_type activeAcceptEnabled activityMode alive_state alive_type allotType appVersion business_type cashUnit
    code create_mode donateCashEnabled donateGiftEnabled enabled exclude_winners flow_type from grant_type is_deleted is_optimum_luck
    is_svip issueStatus lotteryRange need_column newScene orderBy osVersion outTradeErrCode participate_type payType payTypeName payWay
    pointUnit prize_patten prize_status prizeType r_type receive_type received receiveEnabled receiveSource recycle_bin_state
    redPackType resource_type rewardStatus scene sort_rule source splashEnabled state status streamType success taskRule taskStatus
    template type user_type useTimeType watchStatus watchStatusText
";

const IDS: &str = "
    activityId alive_id app_id business_source categoryId categoryIds channelId channelIds channelSessionId checkinid couponId flow_id
    giftId id ids lotteryId notifyId order_id outTradeNo pid prize_id recordId red_packet_id redPackId requestId resource_id roomId
    session sessionId tag_id taskId templateId weixinAppId wxAppId
";

/// Names of things, their pictures and addresses, and what is asked of winners.
const THINGS: &str = "
    activityName actor bgImg channelName coverImg customButtonText customEvent customEventName customIcon customReachText customReward
    customUnit field filePath giftName image img img_url page_url prize prize_name roomName sessionName splashImg tips title watchUrl
";

const OBJECTS: &str = "
    acceptInfo bind_customs bind_points cashDonate cashPays collectInfo contents datas ext giftDonate labels list lotteryExt paging
    particant_condition pointPays prize_param prizeInfo reachCondition receiveInfo record_list recordingFiles redPackReceiveList
    resource_info rewardSetting rule send_info taskReach taskReward tasks videoList
";

/// `data` is the text of some answers.
const MESSAGES: &str = "data desc error message msg outTradeErrDesc";

/// What becomes of the members whose names have this [`plain`] form, wherever they stand.
pub(super) fn treatment(name: &str) -> Option<Treatment> {
    static KNOWN: LazyLock<HashMap<String, Treatment>> = LazyLock::new(|| {
        let staying = [TIMES, AMOUNTS, COUNTS, PAGES, LABELS, IDS, THINGS];
        let staying = staying.map(|names| (names, Treatment::Stays));
        let others = [(OBJECTS, Treatment::Within), (MESSAGES, Treatment::Message)];
        let all = staying.into_iter().chain(others);
        all.flat_map(|(names, treatment)| {
            names.split_whitespace().map(move |name| (plain(name), treatment))
        })
        .collect()
    });
    KNOWN.get(name).copied()
}

/// Ends of the paths of calls where `name` is that of a channel, a coupon, a gift, a prize or a session.
const NAME_OF_A_THING: &[&str] = &[
    "/channel/basic/list",
    "/channel/donate/get",
    "/channel/lucky-bag/winner-page",
    "/channel/reward/gift-list",
    "/statistics/session-stats/list",
    "/user/coupon/search",
];

/// Whether the members called `name` of a call are names of things.
pub(super) fn names_things(path: &str) -> bool {
    NAME_OF_A_THING.iter().any(|end| path.ends_with(end))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_name_has_one_treatment() {
        let lists = [TIMES, AMOUNTS, COUNTS, PAGES, LABELS, IDS, THINGS, OBJECTS, MESSAGES];
        let mut seen = HashSet::new();
        for name in lists.into_iter().flat_map(str::split_whitespace) {
            assert!(seen.insert(name) && treatment(&plain(name)).is_some(), "{name}");
        }
    }
}
