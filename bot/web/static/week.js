// The study times as a week in which they are dragged. What is dragged is written into the field above, in the words
// that the bot reads, and is saved with it. The page works without this.
"use strict";

{
const STEP = 30, HOUR = 60, DAY = 24 * HOUR; // minutes
const HOLD = 350; // milliseconds that a finger rests before it drags instead of scrolling
const NEAR = 8; // pixels that a hand trembles

const week = document.getElementById("week");
const field = document.getElementById("set-times");
const given = JSON.parse(week?.dataset.week || '{"slots": [], "words": {}}');
const words = given.words;
const slots = given.slots.map(([day, start, minutes]) => ({ day, start, minutes }));
const early = Math.min(6 * HOUR, ...slots.map((slot) => slot.start - slot.start % HOUR));
const rtl = document.documentElement.dir === "rtl";
const cursor = { day: given.first, start: 18 * HOUR, minutes: STEP };
let last = field?.value; // what the field holds as long as nobody types in it
let press = null; // a pointer that is down: where, on which slot, and whether it drags

const make = (parent, tag, name, text = "") => {
  const made = Object.assign(document.createElement(tag), { className: name, textContent: text });
  if (tag === "button") made.type = "button";
  parent.append(made);
  return made;
};
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const clock = (minute) => {
  const at = minute > DAY ? minute - DAY : minute;
  return [Math.floor(at / HOUR), at % HOUR].map((part) => String(part).padStart(2, "0")).join(":");
};
const parts = ({ day, start, minutes }) => ({ day: given.days[day], start: clock(start), end: clock(start + minutes) });
const label = (slot) => fill(words.slot, parts(slot));
const column = (day) => (day - given.first + 7) % 7;
const dayOf = (place) => (place + given.first) % 7;
const rounded = (minute) => Math.round(minute / STEP) * STEP;

// Whether a slot is inside the week, and on no other one than itself.
function fits(wanted, itself) {
  if (wanted.start < early || wanted.start >= DAY || wanted.minutes > Math.max(given.longest, itself.minutes)) return false;
  return slots.every((other) => other === itself || other.day !== wanted.day
    || other.start >= wanted.start + wanted.minutes || wanted.start >= other.start + other.minutes);
}

function place(node, { day, start, minutes }) {
  node.style.setProperty("--column", column(day));
  node.style.setProperty("--start", (start - early) / STEP);
  node.style.setProperty("--halves", Math.min(minutes, DAY - start) / STEP);
}

function show(slot) {
  if (!slot.node) {
    slot.node = make(board, "div", "slot");
    slot.button = make(slot.node, "button", "move");
    make(slot.node, "span", "edge");
    slot.away = make(slot.node, "button", "away", "×");
    slot.button.addEventListener("keydown", (event) => onKey(event, slot));
    slot.away.addEventListener("click", () => remove(slot));
  }
  place(slot.node, slot);
  slot.node.classList.toggle("short", slot.minutes < HOUR);
  slot.button.textContent = `${clock(slot.start)} ${clock(slot.start + slot.minutes)}`;
  slot.button.setAttribute("aria-label", label(slot));
  slot.away.setAttribute("aria-label", fill(words.remove, { time: label(slot) }));
}

function showCursor() {
  place(free, { ...cursor, minutes: HOUR });
  free.setAttribute("aria-label", fill(words.free, parts(cursor)));
}

// After each change: the tab key follows the week, the field says what the week shows, and so does the line under it.
function write(text) {
  const order = (slot) => column(slot.day) * DAY + slot.start;
  if (slots.some((slot, n) => n && order(slots[n - 1]) > order(slot))) {
    const focused = document.activeElement;
    slots.sort((one, other) => order(one) - order(other)).forEach((slot) => board.append(slot.node));
    focused.focus({ preventScroll: true });
  }
  const spans = slots.map((slot) => ({ ...parts(slot), day: given.short[slot.day] }));
  last = field.value = spans.map(({ day, start, end }) => `${day} ${start}-${end}`).join(", ");
  news.textContent = text;
}

function change(slot, wanted) {
  if (!fits(wanted, slot)) return false;
  Object.assign(slot, { day: wanted.day, start: wanted.start, minutes: wanted.minutes });
  if (slot === cursor) showCursor();
  else show(slot);
  return true;
}

const changed = (slot) => write(fill(words.changed, { time: label(slot) }));

// A new slot, an hour long if there is room.
function add(day, start, lengths = [HOUR, STEP]) {
  const minutes = lengths.find((length) => fits({ day, start, minutes: Math.min(length, DAY - start) }, { minutes: 0 }));
  if (!minutes) return null;
  if (slots.length >= given.most) {
    news.textContent = words.most;
    return null;
  }
  const slot = { day, start, minutes: Math.min(minutes, DAY - start) };
  slots.push(slot);
  show(slot);
  return slot;
}

function remove(slot) {
  slots.splice(slots.indexOf(slot), 1);
  Object.assign(cursor, { day: slot.day, start: slot.start - slot.start % STEP });
  free.focus({ preventScroll: true });
  slot.node.remove();
  write(fill(words.removed, { time: label(slot) }));
}

// Move by so many days and minutes, past what is in the way. Whether there was room.
function step(slot, days, minutes) {
  const wanted = { ...slot };
  do {
    const to = column(wanted.day) + days;
    wanted.start += minutes;
    if (to < 0 || to > 6 || wanted.start < early || wanted.start >= DAY) return false;
    wanted.day = dayOf(to);
  } while (!change(slot, wanted));
  return true;
}

function onKey(event, slot) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const side = rtl ? -1 : 1;
  const longer = (minutes) => slot.minutes + minutes >= STEP && change(slot, { ...slot, minutes: slot.minutes + minutes });
  const keys = {
    ArrowUp: () => step(slot, 0, -STEP), ArrowDown: () => step(slot, 0, STEP),
    ArrowLeft: () => step(slot, -side, 0), ArrowRight: () => step(slot, side, 0),
  };
  if (slot !== cursor) {
    keys["+"] = keys["="] = () => longer(STEP);
    keys["-"] = () => longer(-STEP);
    keys.Delete = keys.Backspace = () => remove(slot);
  }
  if (!keys[event.key]) return;
  event.preventDefault();
  if (!keys[event.key]()) return;
  if (slot === cursor) news.textContent = free.getAttribute("aria-label");
  else changed(slot);
  (slot.node || free).scrollIntoView({ block: "nearest" });
}

// Where a pointer is: the day, and the minute of it.
function where(event) {
  const box = board.getBoundingClientRect();
  const across = Math.min(6, Math.max(0, Math.floor((event.clientX - box.left) / box.width * 7)));
  const down = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
  return { day: dayOf(rtl ? 6 - across : across), minute: early + down * (DAY - early) };
}

function dragTo({ day, minute }) {
  const { how, from, slot, origin } = press;
  if (how === "move") {
    const start = Math.max(early, rounded(origin.start + minute - from.minute));
    change(slot, { ...slot, day, start: Math.min(start, Math.max(origin.start, DAY - origin.minutes)) });
  } else if (how === "end") {
    const end = rounded(origin.start + origin.minutes + minute - from.minute);
    change(slot, { ...slot, minutes: Math.max(STEP, end - slot.start) });
  } else {
    const [first, second] = [from.minute, Math.min(minute, DAY - 1)].map((at) => at - at % STEP);
    change(slot, { ...slot, start: Math.min(first, second), minutes: Math.abs(second - first) + STEP });
  }
}

// The pointer begins to drag; over free time, a new slot.
function drag() {
  if (press.how === "new") press.slot = add(press.from.day, press.from.minute - press.from.minute % STEP, [STEP]);
  press.drags = Boolean(press.slot);
  if (!press.drags) return letGo();
  press.slot.node.classList.add("held");
  board.setPointerCapture(press.id);
}

function letGo() {
  clearTimeout(press.timer);
  press.slot?.node.classList.remove("held");
  press = null;
}

function onDown(event) {
  if (press || event.button || event.target.closest(".away")) return;
  const slot = slots.find(({ node }) => node.contains(event.target));
  const how = !slot ? "new" : event.target.matches(".edge") ? "end" : "move";
  const touch = event.pointerType === "touch";
  const { pointerId: id, clientX: x, clientY: y } = event;
  press = { id, x, y, from: where(event), touch, how, slot, origin: { ...slot } };
  if (touch) press.timer = setTimeout(drag, HOLD);
}

function onMove(event) {
  if (press?.id !== event.pointerId) return;
  if (!press.drags) {
    if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < NEAR) return;
    if (press.touch) return letGo(); // it scrolls
    drag();
  }
  if (press) dragTo(where(event));
}

function onUp(event) {
  if (press?.id !== event.pointerId) return;
  const { drags, from, how } = press;
  const slot = press.slot || add(from.day, from.minute - from.minute % STEP);
  letGo();
  if (!slot) return;
  slot.button.focus({ preventScroll: true });
  if (drags || how === "new") changed(slot);
}

function onCancel(event) {
  if (press?.id !== event.pointerId) return;
  const { drags, slot } = press;
  letGo();
  if (drags) changed(slot);
}

const news = document.createElement("p");
const frame = document.createElement("div");
const board = document.createElement("div");
const free = document.createElement("button");

function build() {
  frame.className = "frame";
  const help = make(frame, "p", "help", words.help);
  help.id = "week-help";
  const head = make(frame, "div", "head");
  const hours = make(frame, "div", "hours");
  head.ariaHidden = hours.ariaHidden = "true";
  for (let n = 0; n < 7; n++) make(head, "span", "", given.short[dayOf(n)]);
  for (let hour = early / HOUR; hour < 24; hour++) make(hours, "span", "", hour);
  board.className = "board";
  board.style.setProperty("--rows", (DAY - early) / STEP);
  board.setAttribute("role", "application");
  board.setAttribute("aria-label", words.week);
  board.setAttribute("aria-describedby", help.id);
  Object.assign(free, { type: "button", className: "free", textContent: "+" });
  board.append(free);
  frame.append(board);
  news.className = "news";
  news.setAttribute("aria-live", "polite");
  slots.forEach(show);
  showCursor();
  week.append(news, frame);
}

function listen() {
  const on = { pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onCancel };
  for (const [name, does] of Object.entries(on)) board.addEventListener(name, does);
  board.addEventListener("touchmove", (event) => press?.drags && event.preventDefault(), { passive: false });
  board.addEventListener("contextmenu", (event) => press?.touch && event.preventDefault());
  free.addEventListener("keydown", (event) => onKey(event, cursor));
  free.addEventListener("focus", () => {
    if (fits(cursor, cursor)) showCursor();
    else step(cursor, 0, STEP) || step(cursor, 0, -STEP);
  });
  free.addEventListener("click", () => {
    const slot = add(cursor.day, cursor.start);
    slot?.button.focus();
    if (slot) changed(slot);
  });
  field.addEventListener("input", () => {
    frame.hidden = field.value !== last;
    news.textContent = frame.hidden ? words.typed : "";
  });
}

if (week && field) {
  build();
  listen();
}
}
