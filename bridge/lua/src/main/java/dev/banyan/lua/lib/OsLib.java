package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code os} library without processes: no {@code execute}, no {@code exit}. */
final class OsLib implements LuaLibrary {
  private static final long AN_HOUR = 3600;

  private static final Set<String> CATEGORIES =
      Set.of("all", "collate", "ctype", "monetary", "numeric", "time");

  private final Writes writes;

  OsLib(Writes writes) {
    this.writes = writes;
  }

  @Override
  public void open(LuaVm vm) {
    Table t = new Table();
    t.rawset("time", NativeFunction.of("time", OsLib::time));
    t.rawset("date", NativeFunction.of("date", OsLib::date));
    t.rawset("clock", NativeFunction.of("clock", args -> clock()));
    t.rawset("difftime", NativeFunction.of("difftime", OsLib::difftime));
    t.rawset("getenv", NativeFunction.of("getenv", OsLib::getenv));
    t.rawset("tmpname", NativeFunction.of("tmpname", args -> tmpname()));
    boolean kept = writes == Writes.KEPT;
    t.rawset("remove", NativeFunction.of("remove", kept ? OsLib::remove : _ -> TRUE));
    t.rawset("rename", NativeFunction.of("rename", kept ? OsLib::rename : _ -> TRUE));
    t.rawset("setlocale", NativeFunction.of("setlocale", OsLib::setlocale));
    vm.modules().library("os", t);
  }

  private static Varargs clock() {
    return LuaNumbers.of(
        java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9);
  }

  private static Varargs difftime(Varargs args) {
    long after = Int64.toLong(LuaArgs.checkNumber(args, 1));
    return LuaNumbers.of((double) after - Int64.toLong(LuaArgs.optNumber(args, 2, 0)));
  }

  private static Varargs time(Varargs args) {
    if (LuaArgs.isNoneOrNil(args, 1)) {
      return LuaNumbers.of(System.currentTimeMillis() / 1000);
    }
    LuaTable t = LuaArgs.checkTable(args, 1);
    int second = field(t, "sec", 0);
    int minute = field(t, "min", 0);
    int hour = field(t, "hour", 12);
    int day = field(t, "day", null);
    int month = field(t, "month", null);
    int year = field(t, "year", null);
    try {
      LocalDateTime at =
          LocalDateTime.of(year, 1, 1, 0, 0)
              .plusMonths(month - 1L)
              .plusDays(day - 1L)
              .plusHours(hour)
              .plusMinutes(minute)
              .plusSeconds(second);
      long time = at.atZone(ZoneId.systemDefault()).toEpochSecond() + shift(at, t);
      return time == -1 ? NIL : LuaNumbers.of(time); // C's word for a time that there isn't
    } catch (DateTimeException e) {
      return NIL;
    }
  }

  /** Seconds between a time and the same told as daylight saving's, or as not being it. */
  private static long shift(LocalDateTime at, LuaTable t) {
    LuaValue told = t.get("isdst");
    ZonedDateTime zoned = at.atZone(ZoneId.systemDefault());
    boolean saves = zoned.getZone().getRules().isDaylightSavings(zoned.toInstant());
    if (told.isnil() || told.toboolean() == saves) {
      return 0;
    }
    return saves ? AN_HOUR : -AN_HOUR;
  }

  private static int field(LuaTable t, String name, @Nullable Integer otherwise) {
    LuaValue value = t.get(name);
    if (LuaNumbers.parse(value) == null) {
      if (otherwise == null) {
        throw LuaErrors.raise("field '" + name + "' missing in date table");
      }
      return otherwise;
    }
    double number = LuaArgs.checkNumber(value, 1);
    return (int) Int64.toLong(number);
  }

  private static Varargs date(Varargs args) {
    String format = LuaArgs.optText(args, 1, "%c");
    double time = LuaArgs.optNumber(args, 2, (double) Instant.now().getEpochSecond());
    return DateFormat.format(format, time);
  }

  private static Varargs getenv(Varargs args) {
    String value = System.getenv(LuaArgs.checkText(args, 1));
    return value == null ? NIL : LuaText.utf8(value);
  }

  private static Varargs tmpname() {
    try {
      return LuaText.of(Files.createTempFile("lua_", "").toString());
    } catch (IOException e) {
      throw LuaErrors.raise("unable to generate a unique filename");
    }
  }

  private static Varargs remove(Varargs args) {
    String name = LuaArgs.checkText(args, 1);
    try {
      Files.delete(Path.of(name));
      return TRUE;
    } catch (IOException | InvalidPathException e) {
      return missing(name);
    }
  }

  private static Varargs rename(Varargs args) {
    String from = LuaArgs.checkText(args, 1);
    String to = LuaArgs.checkText(args, 2);
    try {
      Files.move(Path.of(from), Path.of(to), StandardCopyOption.REPLACE_EXISTING);
      return TRUE;
    } catch (IOException | InvalidPathException e) {
      return missing(from);
    }
  }

  private static Varargs missing(String name) {
    return varargsOf(NIL, LuaText.of(name + ": No such file or directory"), LuaInteger.valueOf(2));
  }

  private static Varargs setlocale(Varargs args) {
    String locale = LuaArgs.optText(args, 1, "C");
    String category = LuaArgs.optText(args, 2, "all");
    if (!CATEGORIES.contains(category)) {
      throw LuaErrors.argument(2, "invalid option '" + category + "'");
    }
    return locale.isEmpty() || locale.equals("C") || locale.equals("POSIX") ? LuaText.of("C") : NIL;
  }
}
