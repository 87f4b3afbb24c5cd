"""What phones, the big screen and the console say, by id: the pack's own wording, else the words below, translated."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workshop.words import N_, gettext

_PLACE = re.compile(r"\{([a-z_]+)\}")


def text(pack_strings: Mapping[str, str], id: str, **values: object) -> str:
    """The sentence `id` with its places filled. Raises `KeyError` for an id that nobody knows."""
    sentence = pack_strings.get(id) if id in DEFAULTS else None
    sentence = sentence or gettext(DEFAULTS[id])
    # Not str.format: a pack is somebody's file, and "{n.__class__}" must stay what it is.
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), sentence)


def places(sentence: str) -> frozenset[str]:
    """The names in braces that a sentence has to keep."""
    return frozenset(_PLACE.findall(sentence))


DEFAULTS: Mapping[str, str] = {
    "tab_title": N_("Workshop"),
    "join_title": N_("You're about to join a group workshop."),
    "join_privacy": N_(
        "No name, no account. Your answers are added up with everyone else's. "
        "When a question closes, the single answers are deleted."
    ),
    "join_privacy_limit": N_(
        "While a question is open, a person who runs or changes this server could look in. "
        "After it closes there is nothing left to look at."
    ),
    "join_plain_http": N_(
        "Your name is never asked. On this Wi-Fi, somebody with special tools could read what a phone sends."
    ),
    "join_button": N_("Join the room"),
    "join_code_label": N_("Code from the big screen"),
    "join_unknown": N_("That code doesn't work. It may be old, or the room may be closed. Ask the facilitator."),
    "join_slow": N_("Many people are joining. Please wait a moment and try again."),
    "late_join": N_("Welcome. The group has started. Here's how this works, then you can join in."),
    "stay_connected": N_("Phone says 'no internet'? Tap 'Stay connected'."),
    "pass": N_("Pass"),
    "break": N_("Take a break"),
    "help": N_("Help"),
    "leave": N_("Leave"),
    "more": N_("More"),
    "leave_note": N_("Leave opens a plain page. It can't clear your phone's history."),
    "leave_key_hint": N_("On a keyboard: press Shift three times."),
    "plain_page_title": N_("Notes"),
    "break_screen": N_("Breathe out slowly. Come back when you like."),
    "break_back": N_("I'm back"),
    "help_trace": N_("Calls and pages can show in your phone's history."),
    "help_close": N_("Close Help. Before you put your phone away, tap Leave."),
    "quiet_word": N_("I'd like a quiet word with the facilitator"),
    "quiet_word_where": N_("How can we find you? (optional)"),
    "quiet_word_hint": N_("For example: 'by the window'. Leave it blank and we make an open offer to everyone."),
    "quiet_word_sent": N_("Sent to the facilitator only. It is wiped at the end."),
    "quiet_word_undo": N_("Take it back"),
    "send": N_("Send"),
    "change": N_("Change"),
    "undo": N_("Undo"),
    "back": N_("Back"),
    "next": N_("Next"),
    "saving": N_("Saving ..."),
    "saved": N_("Got it. You can change it until this question closes."),
    "passed": N_("That's fine. See you at the next one."),
    "nothing_chosen": N_("Choose something first, or tap Pass."),
    "one_at_a_time": N_("{n} of {all}"),
    "choose_one": N_("Choose one."),
    "choose_many": N_("Choose all that fit."),
    "choose_up_to": N_("Choose up to {n}."),
    "rank_hint": N_("Tap up or down to move a line."),
    "sort_hint": N_("Choose a place for this line."),
    "watch_only": N_("You're watching. Join in whenever you like."),
    "last_seconds": N_("Last seconds. Tap Send if you want to."),
    "closed": N_("Closed. The results come here and on the big screen."),
    "closed_late": N_("This question has closed. If your answer reached us before that, it is counted."),
    "not_open": N_("This question isn't open yet."),
    "stale": N_("Something newer was sent from this phone. Please send your answer once more."),
    "try_again": N_("That did not work just now. Please try again."),
    "interrupted": N_("This question was cut off. The facilitator may ask it again."),
    "new_round": N_("We're asking this once more. Start fresh."),
    "waiting": N_("The room is talking. The next question will come here."),
    "paused": N_("We're taking two minutes. Nothing to do."),
    "offline": N_("The link dropped. Keep this page open. Your answer waits here and is sent when the link is back."),
    "back_online": N_("You're connected again."),
    "bad_option": N_("That choice isn't there any more. Please choose again."),
    "slow_down": N_("That was quick. Please wait a moment."),
    "linked_note": N_(
        "Your two answers to these lines are compared without a name, "
        "added up with everyone else's, and then both are deleted."
    ),
    "reflection_note": N_("Only on this phone. Not sent. Not saved."),
    "text_hint": N_("No names, please. A facilitator reads it first."),
    "text_hint_facilitator_only": N_(
        "Only the facilitator reads this, after the end, and only if three or more people write."
    ),
    "text_chars_left": N_("{n} letters left"),
    "text_too_long": N_("That's a little too long. Please shorten it."),
    "text_may_identify": N_("This may show who you or someone else is. Edit, or send anyway?"),
    "text_edit": N_("Edit"),
    "text_send_anyway": N_("Send anyway"),
    "text_left_off": N_("Some lines stay off the screen. Only a facilitator read them."),
    "text_rephrase_all": N_("Some lines came in too sharp for the screen. You can send a new one."),
    "kind_note_all": N_("If something you wrote or heard feels heavy: tap Help, or ask for a quiet word."),
    "upvote_hint": N_("You have {n} left."),
    "too_few": N_("We keep this one between us. Let's talk it through:"),
    "results_come": N_("The results will come here and on the big screen."),
    "answered_none": N_("Waiting for the first answers"),
    "answered_some": N_("Some have answered"),
    "answered_half": N_("About half have answered"),
    "answered_most": N_("Most have answered"),
    "answered_nearly_all": N_("Nearly all have answered"),
    "word_few_or_none": N_("few or none"),
    "word_some": N_("some"),
    "word_about_half": N_("about half"),
    "word_most": N_("most"),
    "word_nearly_all": N_("nearly all"),
    "word_fewer": N_("fewer than before"),
    "word_about_the_same": N_("about the same"),
    "word_more": N_("more than before"),
    "nearly_all_chose": N_("Nearly all of us chose: {option}"),
    "other_answers": N_("Other answers"),
    "hidden_range": N_("{low} to {high}"),
    "went_up": N_("went up"),
    "stayed": N_("stayed"),
    "went_down": N_("went down"),
    "then_label": N_("Before today"),
    "now_label": N_("Now"),
    "then_and_now_small_print": N_("We looked back from here. That tends to flatter, and so does a friendly room."),
    "before_after_small_print": N_("A quick look at this room. Not a test, not validated."),
    "chart_as_text": N_("Read the chart as text"),
    "sort_by_split": N_("Sort by split"),
    "agree_yes": N_("I can live with this"),
    "agree_talk": N_("I'd like to talk about it"),
    "agree_all": N_("I can live with all of them"),
    "agree_add": N_("Add a line"),
    "agree_adopted": N_("This is our agreement."),
    "pair_stay": N_("Stay where you are if you like. Your partner comes to you."),
    "pair_find": N_("Find {animal} {number}."),
    "deal_again": N_("Deal me another partner"),
    "deal_again_note": N_("No reason needed. Nobody is told."),
    "pair_three": N_("One group of three? One of you watches."),
    "by_myself": N_("I'd rather do this on my own"),
    "swap_card": N_("Swap card"),
    "role_yours": N_("Your role"),
    "derole_title": N_("Step out of your role"),
    "story_vote": N_("What next?"),
    "story_tie": N_("It's a tie. The facilitator picks, or we vote again."),
    "story_path": N_("Our path so far"),
    "story_go_back": N_("Go back one turn"),
    "plan_private": N_("Your plan stays on this phone. It goes when you tap Leave."),
    "plan_remember": N_("Keep it in your head"),
    "plan_copy": N_("Copy it on paper"),
    "plan_image": N_("Save as a picture"),
    "plan_image_warning": N_("Photos may sync to other devices, and other people may see them. Save it anyway?"),
    "plan_share": N_("Share the 'I will' part on the wall, no name"),
    "end_title": N_("The session is over. Thank you."),
    "end_leave": N_("Before you put your phone away, tap Leave."),
    "end_answers": N_("Your answers were added up and deleted, question by question."),
    "screen_join": N_("Join on your phone: {address}, code {code}"),
    "screen_no_photos": N_("No photos, please"),
    "screen_care": N_("We're taking two minutes."),
    "screen_blank": N_("One moment, please."),
    "console_open": N_("Open the question"),
    "console_close": N_("Close"),
    "console_close_show": N_("Close and show"),
    "console_show": N_("Show the room"),
    "console_next": N_("Next"),
    "console_closing": N_("Closing in {n} seconds. Undo?"),
    "console_few_answers": N_("Under half have answered. Close anyway?"),
    "console_care": N_("Someone needs care"),
    "console_care_on": N_("Go on"),
    "console_care_skip": N_("Skip the tender steps"),
    "console_care_breather": N_("Go to the breather"),
    "console_show_unmarked": N_("Show all unmarked"),
    "console_kind_note": N_("Send the kind note to all phones"),
    "console_catch_up": N_("Catch me up"),
    "console_hidden": N_("Hold to read"),
    "console_dot_quiet": N_("Someone would like a quiet word"),
    "console_paper": N_("Enter folded ballots (3 or more at once)"),
    "console_reach_wait": N_("Scan this with your own phone. It turns green when the phone has really arrived."),
    "console_reach_ok": N_("Another device has reached this page."),
    "console_not_wiped": N_("Not yet wiped. Please leave this computer on."),
    "console_wiped": N_("Wiped. Only what the room could see is kept."),
}
