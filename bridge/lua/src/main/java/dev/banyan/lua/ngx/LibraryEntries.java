package dev.banyan.lua.ngx;

import dev.banyan.lua.ngx.ApiEntry.Kind;
import dev.banyan.lua.ngx.ApiEntry.Support;
import java.util.ArrayList;
import java.util.List;

/** The part of {@link NgxApi} that is no {@code ngx.*}: modules that are built in, and policy. */
final class LibraryEntries {
  private LibraryEntries() {}

  static List<ApiEntry> all() {
    List<ApiEntry> entries = new ArrayList<>();
    add(
        entries,
        Kind.MODULE,
        Support.FULL,
        "",
        "cjson",
        "cjson.safe",
        "resty.lrucache",
        "resty.lrucache.pureffi",
        "resty.lock",
        "resty.string",
        "resty.random",
        "resty.aes",
        "resty.websocket.protocol",
        "resty.md5",
        "resty.sha",
        "resty.sha1",
        "resty.sha224",
        "resty.sha256",
        "resty.sha384",
        "resty.sha512",
        "tablepool",
        "table.new",
        "table.clear",
        "table.nkeys",
        "table.clone",
        "table.isarray",
        "string.buffer",
        "bit");
    add(
        entries,
        Kind.MODULE,
        Support.DEVIATES,
        "answers as data: the JVM compiles, so switches and options change nothing",
        "jit");
    add(
        entries,
        Kind.MODULE,
        Support.DEVIATES,
        "data only, bounded: memory beside an allocation can't be reached; of C's functions, strings,"
            + " memory, numbers, byte order and time are there, of OpenSSL's, hashes, HMAC, AES, derived keys, random"
            + " bytes, keys, signatures and certificates to be read; others want a Java port; finalizers are"
            + " called when Java's collector has come; no literals such as 1i",
        "ffi");
    add(
        entries,
        Kind.FUNCTION,
        Support.MISSING,
        "Lua starts no processes and ends none",
        "os.execute",
        "os.exit",
        "io.popen");
    add(entries, Kind.FUNCTION, Support.DEVIATES, "accepted and never called", "debug.sethook");
    add(
        entries,
        Kind.FUNCTION,
        Support.DEVIATES,
        "reads Lua and what string.dump made here: LuaJIT's bytecode is refused",
        "loadfile",
        "dofile");
    add(
        entries,
        Kind.FUNCTION,
        Support.DEVIATES,
        "holds the text of the function's chunk, which loadstring and load compile again",
        "string.dump");
    return List.copyOf(entries);
  }

  private static void add(
      List<ApiEntry> entries, Kind kind, Support support, String note, String... names) {
    for (String name : names) {
      entries.add(new ApiEntry(name, kind, ApiPhases.ANY, support, note));
    }
  }
}
