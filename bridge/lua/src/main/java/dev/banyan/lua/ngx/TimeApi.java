package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.text.HttpTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: the time functions of {@code ngx}, on the worker's cached time. */
public final class TimeApi {
  private static final double MILLIS = 1000;

  private final WorkerClock clock;
  private final ZoneId zone;

  /** The functions of a machine. */
  public TimeApi(WorkerClock clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  /** Adds the functions to {@code ngx}. */
  public void open(Table ngx) {
    ngx.rawset("now", NativeFunction.of("now", args -> LuaNumbers.of(clock.millis() / MILLIS)));
    ngx.rawset(
        "time",
        NativeFunction.of("time", args -> LuaNumbers.of(Math.floorDiv(clock.millis(), 1000L))));
    ngx.rawset("update_time", NativeFunction.of("update_time", this::updateTime));
    ngx.rawset("today", NativeFunction.of("today", args -> LuaText.of(HttpTime.date(at(zone)))));
    ngx.rawset(
        "localtime",
        NativeFunction.of("localtime", args -> LuaText.of(HttpTime.dateAndTime(at(zone)))));
    ngx.rawset(
        "utctime",
        NativeFunction.of("utctime", args -> LuaText.of(HttpTime.dateAndTime(at(ZoneOffset.UTC)))));
    ngx.rawset(
        "http_time", NativeFunction.one("http_time", v -> LuaText.of(HttpTime.http(seconds(v)))));
    ngx.rawset(
        "cookie_time",
        NativeFunction.one("cookie_time", v -> LuaText.of(HttpTime.cookie(seconds(v)))));
    ngx.rawset("parse_http_time", NativeFunction.one("parse_http_time", TimeApi::parse));
  }

  private Varargs updateTime(Varargs args) {
    clock.update();
    return LuaValue.NONE;
  }

  private LocalDateTime at(ZoneId where) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(clock.millis()), where);
  }

  private static long seconds(LuaValue value) {
    if (value instanceof LuaNumber number) {
      double seconds = number.todouble();
      return seconds < 0x1p63 ? (long) seconds : 0; // beyond a long C has a negative one
    }
    throw LuaErrors.raise("number argument only");
  }

  private static LuaValue parse(LuaValue value) {
    if (!(value instanceof LuaString)) {
      throw LuaErrors.raise("string argument only");
    }
    OptionalLong seconds = HttpTime.parse(LuaText.latin1(value));
    return seconds.isPresent() ? LuaNumbers.of(seconds.getAsLong()) : NIL;
  }
}
