//! Makes event files: the same bytes for the same [`Options`].

use std::fmt::Write as _;
use std::io::{self, Write};

const WORDS: &str = "ایران روسیه رئیس\u{200c}جمهور گفت\u{200c}وگو تلفنی مجلس همکاری اقتصادی توافق جامع راهبردی پیش\u{200c}نویس \
کشور دولت وزیر امور خارجه بین\u{200c}المللی تحریم جنگ صلح اوکراین سازمان شانگهای بریکس کمیسیون مشترک تجارت \
گاز نفت راه\u{200c}آهن کریدور شمال جنوب دریای خزر منطقه امنیت همسایه دیدار نشست پیام تبریک انتخابات ملت مردم \
تأکید افزود اظهار داشت می\u{200c}شود خواهد شد کرده\u{200c}ایم است بود در به از با برای که این آن را و تا هم نیز سال ماه \
روز آینده گذشته نخست دوم مهم بزرگ تازه نو قدیم دوستی اعتماد سرمایه\u{200c}گذاری پروژه نیروگاه دانشگاه فرهنگ \
زبان رسانه خبرگزاری سخنگو سفیر هیئت برنامه بودجه بانک پول ملی ارز صادرات واردات کالا گندم ماشین";
const NAMES: &str = "علی رضا محمد حسین مریم زهرا ولادیمیر سرگئی دیمیتری ماریا احمد سعید ناصر کاوه آرش پروین \
چنگیز ژاله گلناز یاسمن";
const PLACES: &str = "تهران مسکو سن\u{200c}پترزبورگ آستانه باکو ایروان عشق\u{200c}آباد کازان سوچی رشت آستارا اصفهان مشهد \
دوشنبه بیشکک پکن نیویورک ژنو وین آنکارا";
const TAGS: &str =
    "economy diplomacy war energy transport elections culture security nuclear trade";
const MODES: [&str; 4] = ["direct", "reported", "partial", "headline"];

/// What is wanted.
pub struct Options {
    /// How many events.
    pub events: u64,
    /// Another one makes other events.
    pub seed: u64,
    /// The document shape instead of lines.
    pub document: bool,
    /// Letters outside ASCII as `\uXXXX`.
    pub escaped: bool,
    /// How many actors the header defines.
    pub actors: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            events: 10_000,
            seed: 1,
            document: false,
            escaped: false,
            actors: 200,
        }
    }
}

/// Writes the whole file.
///
/// # Errors
///
/// When `out` takes no more.
pub fn write(options: &Options, out: &mut impl Write) -> io::Result<()> {
    let mut corpus = Corpus::new(options);
    let mut text = corpus.header();
    if options.document {
        text.truncate(text.len() - 1);
        text.push_str(",\"events\":[\n");
    } else {
        text.push('\n');
    }
    for number in 0..options.events {
        put(out, &text, options.escaped)?;
        text.clear();
        corpus.event(number, &mut text);
        let last = number + 1 == options.events;
        text.push_str(if options.document && !last {
            ",\n"
        } else {
            "\n"
        });
    }
    if options.document {
        text.push_str("]}\n");
    }
    put(out, &text, options.escaped)?;
    out.flush()
}

fn put(out: &mut impl Write, text: &str, escaped: bool) -> io::Result<()> {
    if !escaped {
        return out.write_all(text.as_bytes());
    }
    let mut ascii = String::with_capacity(text.len() * 3);
    for letter in text.chars() {
        if letter.is_ascii() {
            ascii.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                let _ = write!(ascii, "\\u{unit:04x}");
            }
        }
    }
    out.write_all(ascii.as_bytes())
}

/// Makes events out of random numbers.
struct Corpus {
    random: Random,
    words: Vec<&'static str>,
    names: Vec<&'static str>,
    places: Vec<&'static str>,
    tags: Vec<&'static str>,
    /// Sums of 1/rank: a number below the last one, looked up, is a Zipf actor.
    zipf: Vec<f64>,
}

impl Corpus {
    fn new(options: &Options) -> Self {
        let mut sum = 0.0;
        let zipf = (1..=options.actors).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self {
            zipf: zipf.collect(),
            random: Random(options.seed),
            words: WORDS.split_whitespace().collect(),
            names: NAMES.split_whitespace().collect(),
            places: PLACES.split_whitespace().collect(),
            tags: TAGS.split_whitespace().collect(),
        }
    }

    fn header(&mut self) -> String {
        let mut text = String::from(
            "{\"sokhan\":1,\"title\":{\"fa\":\"بایگانی\",\"en\":\"Archive\"},\"actors\":[",
        );
        for number in 0..self.zipf.len() {
            let kind = ["person", "person", "organization", "state", "media"][number % 5];
            let (first, last) = (self.random.of(&self.names), self.random.of(&self.names));
            let comma = if number > 0 { "," } else { "" };
            let _ = write!(
                text,
                "{comma}{{\"id\":\"a{number}\",\"kind\":\"{kind}\",\"name\":{{\"fa\":\"{first} {last} {number}\",\"en\":\"Actor {number}\"}}}}"
            );
        }
        text.push_str("],\"sources\":[");
        for number in 0..50 {
            let comma = if number > 0 { "," } else { "" };
            let _ = write!(
                text,
                "{comma}{{\"id\":\"s{number}\",\"title\":{{\"fa\":\"سند {number}\"}}}}"
            );
        }
        text.push_str("]}");
        text
    }

    fn event(&mut self, number: u64, text: &mut String) {
        let (year, month, day) = (
            1990 + self.random.below(37),
            1 + self.random.below(12),
            1 + self.random.below(28),
        );
        let _ = write!(
            text,
            "{{\"id\":\"e{number}\",\"when\":\"{year}-{month:02}-{day:02}\",\"title\":{{\"fa\":\""
        );
        self.sentence(6, text);
        text.push_str("\"},\"summary\":{\"fa\":\"");
        self.sentence(16, text);
        let place = self.random.of(&self.places);
        let _ = write!(text, "\"}},\"place\":{{\"fa\":\"{place}\"}},\"actors\":[");
        let (one, two) = (self.actor(), self.actor());
        let _ = write!(text, "\"a{one}\"");
        if self.random.below(4) > 0 {
            let _ = write!(text, ",\"a{two}\"");
        }
        let tag = self.random.of(&self.tags);
        let _ = write!(
            text,
            "],\"tags\":[\"{tag}\"],\"sources\":[\"s{}\"],\"statements\":[",
            self.random.below(50)
        );
        let speaker = self.actor();
        let mode = MODES[self.random.below(4) as usize];
        let _ = write!(
            text,
            "{{\"speaker\":\"a{speaker}\",\"mode\":\"{mode}\",\"channel\":\"meeting\",\"text\":{{\"fa\":\""
        );
        self.sentence(28, text);
        let _ = write!(
            text,
            "\"}},\"original\":\"fa\",\"source\":\"s{}\"}}]}}",
            self.random.below(50)
        );
    }

    /// About `length` words.
    fn sentence(&mut self, length: u64, text: &mut String) {
        let words = length - length / 4 + self.random.below(length / 2 + 1);
        for word in 0..words {
            if word > 0 {
                text.push(' ');
            }
            let next = self.random.of(&self.words);
            text.push_str(next);
        }
        text.push('.');
    }

    fn actor(&mut self) -> usize {
        let total = self.zipf.last().copied().unwrap_or(1.0);
        let at = self.random.next() as f64 / u64::MAX as f64 * total;
        self.zipf
            .partition_point(|sum| *sum < at)
            .min(self.zipf.len() - 1)
    }
}

/// Vigna's splitmix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}
