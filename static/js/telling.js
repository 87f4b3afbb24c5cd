// What a text may tell of who or where somebody is: the patterns of sessions/screening.py, as a phone can read them.
// tests/telling.py is the one list that both are held to.
const WAYS = "street|st|road|rd|avenue|ave|lane|drive|square";
const SMALL = "the|this|that|my|our|your|his|her|their|a|an|one|each|every|same|next|on|in|of|no|down|up|into|off";

const TELLING = [
  /[^\s@]+@[^\s@]+\.\w{2,}/,
  /(^|[^\p{L}\p{N}_])@[\p{L}\p{N}_]{2,}/u,
  /\b(https?:\/\/|www\.)\S+/i,
  /(?:\d[\s().-]?){7,}/,
  /\b(my name is|i(['’ʼ]?m| am) called|ich hei(ß|ss)e|mein name ist)\s+(?!(away|back|on|in|out|over|to|up|upon|when|by)\b)[\p{L}\p{N}]/iu,
  /[\p{L}\p{N}](straße|strasse)\s+\d/iu,
  new RegExp(`(^|[^\\p{L}\\p{N}_])(?!(${SMALL})\\s)[\\p{L}\\p{N}_]+\\s+(street|road|lane|avenue|square)\\s+\\d+[a-z]?(?![\\p{L}\\p{N}])(?!\\s+(years?|months?|weeks?|days?|hours?|minutes?|times|miles?|km)\\b)`, "iu"),
  new RegExp(`\\b\\d+[a-z]?\\s+(?!(${SMALL})\\s)[\\p{L}\\p{N}_]+\\s+(${WAYS})(?![\\p{L}\\p{N}])`, "iu"),
];

/** Whether a person should be asked before this is sent. */
export function telling(text) {
  return TELLING.some((pattern) => pattern.test(text.normalize("NFKC")));
}
