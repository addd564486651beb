// The forms of texts that can be checked exactly.
import { byteAt, Is, is } from '../base/bytes';
import { readAddress } from '../base/network';

export enum Format {
  UUID,
  DATE,
  DATE_TIME,
  IPV4,
  IPV6,
  EMAIL,
}

export function formatReason(format: Format): string {
  switch (format) {
    case Format.UUID:
      return 'is not a UUID, as is expected';
    case Format.DATE:
      return 'is not a date such as 2026-01-31, as is expected';
    case Format.DATE_TIME:
      return 'is not a date and time such as 2026-01-31T10:00:00Z, as is expected';
    case Format.IPV4:
      return 'is not an IPv4 address, as is expected';
    case Format.IPV6:
      return 'is not an IPv6 address, as is expected';
    default:
      return 'is not an email address, as is expected';
  }
}

const address: usize = memory.data(16);

export function hasFormat(format: Format, at: usize, end: usize): bool {
  switch (format) {
    case Format.UUID:
      return isUuid(at, end);
    case Format.DATE:
      return end - at === 10 && isDate(at);
    case Format.DATE_TIME:
      return isDateTime(at, end);
    case Format.IPV4:
      return !hasColon(at, end) && readAddress(at, end, address);
    case Format.IPV6:
      return hasColon(at, end) && readAddress(at, end, address);
    default:
      return isEmail(at, end);
  }
}

/** RFC 9562, section 4. */
function isUuid(at: usize, end: usize): bool {
  if (end - at !== 36) return false;
  for (let i = 0; i < 36; i++) {
    const byte = byteAt(at + i);
    if (i === 8 || i === 13 || i === 18 || i === 23 ? byte !== 0x2d : !is(byte, Is.HEX)) return false;
  }
  return true;
}

/** The number that `digits` digits write; -1 where they are not all there. */
function decimal(at: usize, digits: i32): i32 {
  let value = 0;
  for (let i = 0; i < digits; i++) {
    const byte = byteAt(at + i);
    if (!is(byte, Is.DIGIT)) return -1;
    value = value * 10 + byte - 0x30;
  }
  return value;
}

/** `full-date` of RFC 3339: ten bytes at `at`. */
function isDate(at: usize): bool {
  const year = decimal(at, 4);
  const month = decimal(at + 5, 2);
  const day = decimal(at + 8, 2);
  if (year < 0 || byteAt(at + 4) !== 0x2d || byteAt(at + 7) !== 0x2d) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(month, year);
}

function daysIn(month: i32, year: i32): i32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `partial-time`'s hour and minute of RFC 3339: five bytes at `at`. */
function isHourAndMinute(at: usize): bool {
  const hour = decimal(at, 2);
  const minute = decimal(at + 3, 2);
  return hour >= 0 && hour < 24 && byteAt(at + 2) === 0x3a && minute >= 0 && minute < 60;
}

/** `date-time` of RFC 3339, 5.6; also with a space between date and time, as its note allows. */
function isDateTime(at: usize, end: usize): bool {
  if (end - at < 20 || !isDate(at) || !isHourAndMinute(at + 11)) return false;
  const between = byteAt(at + 10) | 0x20;
  if (between !== 0x74 && between !== 0x20) return false;
  const second = decimal(at + 17, 2);
  if (byteAt(at + 16) !== 0x3a || second < 0 || second > 60) return false;
  at += 19;
  if (byteAt(at) === 0x2e) {
    const fraction = ++at;
    while (at < end && is(byteAt(at), Is.DIGIT)) at++;
    if (at === fraction) return false;
  }
  if (end - at === 1) return (byteAt(at) | 0x20) === 0x7a;
  const sign = byteAt(at);
  return end - at === 6 && (sign === 0x2b || sign === 0x2d) && isHourAndMinute(at + 1);
}

function hasColon(at: usize, end: usize): bool {
  for (; at < end; at++) if (byteAt(at) === 0x3a) return true;
  return false;
}

/** As HTML defines a valid email address, and with letters of any language. */
function isEmail(at: usize, end: usize): bool {
  const start = at;
  while (at < end && isOfLocalPart(byteAt(at))) at++;
  if (at === start || at >= end || byteAt(at) !== 0x40) return false;
  for (at++; at < end; at++) {
    const label = at;
    while (at < end && (isOfLabel(byteAt(at)) || byteAt(at) === 0x2d)) at++;
    if (at === label || byteAt(label) === 0x2d || byteAt(at - 1) === 0x2d) return false;
    if (at === end) return true;
    if (byteAt(at) !== 0x2e) return false;
  }
  return false;
}

function isOfLabel(byte: i32): bool {
  return is(byte, Is.LETTER | Is.DIGIT | Is.HIGH);
}

const LOCAL = ".!#$%&'*+/=?^_`{|}~-";

function isOfLocalPart(byte: i32): bool {
  if (isOfLabel(byte)) return true;
  for (let i = 0; i < LOCAL.length; i++) if (LOCAL.charCodeAt(i) === byte) return true;
  return false;
}
