//! The module that the language reference, `idl/README.md`, describes.

mod bindings {
    pyidl_runtime::include_idl!("music");
}

use std::fs;
use std::path::Path;

use bindings::charts::{Charts, Entry};
use bindings::{
    Command, DecodeError, DeviceError, DeviceFull, Genre, LoadError, MixError, Music, Playback,
    PlayerClass, PlaylistClass, Progress, Queue, Rights, Room, Scanned, SpanClass, Track,
    TrackOrTitle, UnknownTrack,
};
use pyidl_runtime as rt;
use rt::exceptions::{OSError, ValueError};

struct Module;

impl Music for Module {
    const VERSION: &'static str = "0.1.0";

    fn longest(tracks: Vec<Track>, limit: u32, of: Option<Genre>) -> Vec<Track> {
        let mut tracks: Vec<_> = tracks
            .into_iter()
            .filter(|track| of.is_none_or(|genre| track.genre == genre))
            .collect();
        tracks.sort_by(|a, b| b.length.total_cmp(&a.length));
        tracks.truncate(limit as usize);
        tracks
    }

    fn title_of(what: TrackOrTitle) -> String {
        match what {
            TrackOrTitle::Track(track) => track.title,
            TrackOrTitle::String(title) => title,
            TrackOrTitle::U8(number) => format!("track {number}"),
        }
    }

    fn ways_to_find(track: Track) -> Vec<TrackOrTitle> {
        let title = TrackOrTitle::String(track.title.clone());
        vec![TrackOrTitle::Track(track), title]
    }

    fn total_length<'py>(_py: rt::Python<'py>, lengths: rt::Iterable<'py, f64>) -> rt::Result<f64> {
        lengths.sum()
    }

    fn by_day(played: Vec<Playback>) -> rt::Map<rt::Date, rt::Duration> {
        let mut days = rt::Map::new();
        for Playback { start, length } in played {
            let day: &mut rt::Duration = days.entry(start.date).or_default();
            let sum = day.total_microseconds() + length.total_microseconds();
            *day = rt::Duration::from_microseconds(sum);
        }
        days
    }

    fn play(track: Track, volume: f64) -> bool {
        track.length > 0.0 && volume > 0.0
    }

    fn stop() {}

    fn duration_of(tracks: Queue) -> f64 {
        tracks.iter().map(|track| track.length).sum()
    }

    fn search(
        text: &str,
        tags: Vec<String>,
        limit: u32,
        after: Option<&str>,
        seed: Option<u64>,
        fields: rt::Map<String, String>,
    ) -> Vec<String> {
        let mut asked = vec![text.to_owned()];
        asked.extend(tags);
        asked.extend(
            fields
                .into_iter()
                .map(|(name, value)| format!("{name}={value}")),
        );
        asked.extend(after.map(|after| format!("after {after}")));
        asked.extend(seed.map(|seed| format!("in order {seed}")));
        asked.truncate(limit as usize + 2);
        asked
    }

    fn load(file: &Path) -> Result<Vec<Track>, LoadError> {
        let text = fs::read_to_string(file).map_err(OSError::from)?;
        let track = |line: &str| {
            let (title, length) = line.split_once('\t')?;
            Some(Track {
                title: title.to_owned(),
                length: length.parse().ok()?,
                genre: Genre::Other,
            })
        };
        let tracks = text.lines().map(|line| {
            track(line).ok_or_else(|| ValueError::new(format!("no track: {line:?}")).into())
        });
        tracks.collect()
    }

    fn remove(title: &str) -> Result<(), UnknownTrack> {
        Err(unknown(title))
    }

    fn copy<'py>(
        _py: rt::Python<'py>,
        tracks: Vec<Track>,
        on_progress: Option<Progress<'py>>,
    ) -> rt::Result<u64> {
        let mut copied = 0;
        for _ in &tracks {
            copied += 1;
            let done = copied as f64 / tracks.len() as f64;
            if let Some(on_progress) = &on_progress
                && !on_progress.call((done,))?
            {
                break;
            }
        }
        Ok(copied)
    }

    fn titles(tracks: Vec<Track>) -> impl Iterator<Item = String> + Send + 'static {
        let mut titles: Vec<_> = tracks.into_iter().map(|track| track.title).collect();
        titles.sort();
        titles.into_iter()
    }

    fn first_longer<'py>(
        _py: rt::Python<'py>,
        tracks: rt::Iter<'py, Track>,
        length: f64,
    ) -> rt::Result<Option<Track>> {
        for track in tracks {
            let track = track?;
            if track.length > length {
                return Ok(Some(track));
            }
        }
        Ok(None)
    }

    fn annotate<'py>(
        _py: rt::Python<'py>,
        _title: &str,
        note: rt::Any<'py>,
    ) -> rt::Result<rt::Any<'py>> {
        Ok(note)
    }

    fn decode(data: &[u8]) -> Vec<f32> {
        data.iter().map(|byte| f32::from(*byte) / 255.0).collect()
    }

    fn transfer(data: &[u8]) -> Result<(), DeviceError> {
        const ROOM: usize = 1024;
        match data.len().checked_sub(ROOM) {
            None | Some(0) => Ok(()),
            Some(missing) => Err(DeviceFull::new("the device is full", missing as u64))?,
        }
    }

    fn mix(a: Track, b: Track) -> Track {
        Track {
            title: format!("{} / {}", a.title, b.title),
            length: a.length.max(b.length),
            genre: a.genre,
        }
    }

    fn invite(_guest: &str, rights: Rights) -> Rights {
        rights
    }

    fn control(command: Command) -> String {
        match command {
            Command::Pause => "pausing".to_owned(),
            Command::Seek(place) => format!("going to {place} s"),
            Command::Fade { to, seconds } => format!("fading to {to} in {seconds} s"),
        }
    }

    fn length_of(data: &[u8]) -> Result<f64, DecodeError> {
        match data {
            [] => Err(DecodeError::Empty),
            [b'R', b'I', b'F', b'F', samples @ ..] => Ok(samples.len() as f64 / 44100.0),
            _ => Err(DecodeError::UnknownFormat(
                String::from_utf8_lossy(data).into_owned(),
            )),
        }
    }

    fn mix_of(tracks: rt::Map<String, u32>) -> Result<u32, MixError> {
        let beats: Vec<_> = tracks.values().copied().collect();
        match (beats.as_slice(), tracks.into_iter().next()) {
            ([left, right, ..], _) if left != right => Err(MixError::Tempo {
                left: *left,
                right: *right,
            }),
            ([_], Some((title, _))) => Err(MixError::Alone(title)),
            _ => Ok(beats.into_iter().max().unwrap_or(0)),
        }
    }

    fn scan(files: rt::Map<String, Vec<u8>>) -> Vec<Scanned> {
        let scanned = |(name, data): (String, Vec<u8>)| Scanned {
            length: Self::length_of(&data),
            artist: Err("no tag".to_owned()),
            name,
        };
        files.into_iter().map(scanned).collect()
    }

    fn total(lengths: Vec<Result<f64, DecodeError>>) -> f64 {
        lengths.into_iter().flatten().sum()
    }

    fn first_of<'py>(
        _py: rt::Python<'py>,
        names: Vec<String>,
        load: rt::Callback<'py, (String,), Result<Vec<u8>, OSError>>,
    ) -> rt::Result<Option<Vec<u8>>> {
        for name in names {
            if let Ok(data) = load.call((name,))? {
                return Ok(Some(data));
            }
        }
        Ok(None)
    }

    fn tempo_of(track: Track) -> Result<f64, ValueError> {
        match track.length > 0.0 {
            true => Ok(120.0),
            false => Err(ValueError::new("silence has no tempo")),
        }
    }

    fn loudest(py: rt::Python<'_>, rooms: Vec<Room>) -> rt::Result<Option<Room>> {
        let mut loudest: Option<(u8, Room)> = None;
        for room in rooms {
            let volume = room.player.get(py)?.volume;
            if loudest.as_ref().is_none_or(|(most, _)| volume > *most) {
                loudest = Some((volume, room));
            }
        }
        Ok(loudest.map(|(_, room)| room))
    }

    fn echo(name: &str) -> Room {
        let player = rt::Instance::new(Player::silent());
        Room {
            name: name.to_owned(),
            player: player.clone(),
            others: vec![player],
        }
    }
}

impl Charts for Module {
    fn top(count: u32) -> Vec<Entry> {
        let tracks = ["So What", "Blue in Green"].map(|title| Track {
            title: title.to_owned(),
            length: 545.0,
            genre: Genre::Jazz,
        });
        let entries = (1..)
            .zip(tracks)
            .map(|(place, track)| Entry { place, track });
        entries.take(count as usize).collect()
    }
}

fn unknown(title: &str) -> UnknownTrack {
    UnknownTrack::new(format!("no track is called {title:?}"), title.to_owned())
}

/// Tracks in the order in which they are played.
pub struct Playlist {
    name: String,
    tracks: Vec<Track>,
}

impl PlaylistClass for Playlist {
    fn new(name: &str, tracks: Vec<Track>) -> Self {
        let name = name.to_owned();
        Self { name, tracks }
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn add(&mut self, track: Track) {
        self.tracks.push(track);
    }

    fn find(&self, title: &str) -> Result<Track, UnknownTrack> {
        let found = self.tracks.iter().find(|track| track.title == title);
        found.cloned().ok_or_else(|| unknown(title))
    }

    fn op_len(&self) -> u64 {
        self.tracks.len() as u64
    }

    fn op_iter(&self) -> impl Iterator<Item = Track> + Send + 'static {
        self.tracks.clone().into_iter()
    }
}

/// Plays music.
pub struct Player {
    device: String,
    volume: u8,
    queue: Vec<Track>,
}

impl PlayerClass for Player {
    fn new(device: &str, volume: u8) -> Result<Self, DeviceError> {
        if !Self::devices().iter().any(|known| known == device) {
            return Err(DeviceError::new(format!("there is no device {device:?}")));
        }
        Ok(Self {
            device: device.to_owned(),
            volume,
            queue: Vec::new(),
        })
    }

    fn volume(&self) -> Result<u8, ValueError> {
        Ok(self.volume)
    }

    fn set_volume(&mut self, value: u8) -> Result<(), ValueError> {
        const LOUDEST: u8 = 11;
        if value > LOUDEST {
            return Err(ValueError::new(format!("the volume goes up to {LOUDEST}")));
        }
        self.volume = value;
        Ok(())
    }

    fn device(&self) -> String {
        self.device.clone()
    }

    fn current(&self) -> Option<String> {
        self.queue.first().map(|track| track.title.clone())
    }

    fn enqueue(&mut self, track: Track) -> u64 {
        self.queue.push(track);
        self.queue.len() as u64
    }

    fn devices() -> Vec<String> {
        vec!["default".to_owned()]
    }

    fn silent() -> Self {
        Self {
            device: "default".to_owned(),
            volume: 0,
            queue: Vec::new(),
        }
    }
}

/// A stretch of time.
#[derive(PartialEq, PartialOrd)]
pub struct Span {
    seconds: f64,
}

impl SpanClass for Span {
    fn new(seconds: f64) -> Self {
        Self { seconds }
    }

    fn op_add(&self, other: &Self) -> Self {
        Self::new(self.seconds + other.seconds)
    }

    fn op_mul(&self, times: f64) -> Self {
        Self::new(self.seconds * times)
    }

    fn op_rmul(&self, times: f64) -> Self {
        Self::new(times * self.seconds)
    }

    fn op_eq(&self, other: &Self) -> bool {
        self == other
    }

    fn op_lt(&self, other: &Self) -> bool {
        self < other
    }

    fn op_repr(&self) -> String {
        format!("Span({})", self.seconds)
    }

    fn op_call(&self, format: &str) -> String {
        match format {
            "minutes" => format!(
                "{}:{:02}",
                self.seconds as u64 / 60,
                self.seconds as u64 % 60
            ),
            _ => format!("{} s", self.seconds),
        }
    }
}

bindings::export!(Module);
