package dev.banyan.lua.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.Chunk;
import dev.banyan.lua.LuaRuntimeError;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.lib.StandardLibraries;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.LuaValue;

/** Where {@code ffi} is not LuaJIT's: there, most of this reads and writes whatever lies there. */
final class FfiBoundsTest {
  private final LuaVm vm = LuaVm.create(StandardLibraries.options());

  private String run(String code) {
    return run(vm, LuaVm.compile(bytes("local ffi = require 'ffi' " + code), "=x"));
  }

  /** What the function answers that the code answers, after something else. */
  private String run(String code, Runnable before) {
    LuaValue function =
        vm.call(
                LuaVm.compile(bytes("local ffi = require 'ffi' " + code), "=x")
                    .instantiate(vm, vm.globals()),
                LuaValue.NONE)
            .arg1();
    before.run();
    return LuaText.latin1(vm.call(function, LuaValue.NONE).arg1());
  }

  private static byte[] bytes(String code) {
    return code.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String run(LuaVm machine, Chunk chunk) {
    try {
      return LuaText.latin1(
          machine.call(chunk.instantiate(machine, machine.globals()), LuaValue.NONE).arg1());
    } catch (LuaRuntimeError e) {
      return LuaText.latin1(e.value());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local a = ffi.new('int[2]') return a[2] | x:1: attempt to read 4 bytes at offset 8 of memory that has 8",
        "local a = ffi.new('int[2]') return a[-1] | x:1: attempt to read 4 bytes at offset -4 of memory that has 8",
        "local a = ffi.new('int[2]') a[2] = 1 | x:1: attempt to write 4 bytes at offset 8 of memory that has 8",
        "local a = ffi.new('char[2]') ffi.copy(a, 'abc') | x:1: attempt to write 4 bytes at offset 0 of memory that has 2",
        "local a = ffi.new('char[2]') ffi.fill(a, 3) | x:1: attempt to write 3 bytes at offset 0 of memory that has 2",
        "local s = ffi.string(ffi.new('char[2]'), 3) | x:1: attempt to read 3 bytes at offset 0 of memory that has 2",
        "local p = ffi.cast('const double*', 'abc')[0] | x:1: attempt to read 8 bytes at offset 0 of memory that has 3",
        "local p = ffi.cast('int*', nil)[0] | x:1: attempt to read through a NULL pointer",
        "local p = ffi.cast('char*', 64)[0] | x:1: attempt to read at 40, where nothing is allocated",
        "ffi.cast('char*', 'abc')[0] = 1 | x:1: attempt to write to constant location",
        "local b = ffi.new('char[?]', 2^30) | not enough memory"
      })
  void whatLiesBesideAnAllocationIsAnError(String code, String error) {
    assertThat(run(code)).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return p[0x7fffffffffffffffLL]",
        "p[0x7fffffffffffffffLL] = 1",
        "return ffi.cast('int64_t *', p + 0x7ffffffffffffff9LL)[0]",
        "ffi.cast('int64_t *', p + 0x7ffffffffffffff9LL)[0] = 1",
        "ffi.fill(p + 0x7ffffffffffffff9LL, 100)",
        "local s = ffi.string(p + 0x7fffffffffffffffLL, 5)"
      })
  void distancesThatOverflowAreOutside(String code) {
    assertThat(run("local p = ffi.cast('char *', ffi.new('char[8]')) " + code))
        .startsWith("x:1: attempt to");
  }

  @Test
  void nothingIsReadBehindAStringsEnd() {
    assertThat(run("return '<' .. ffi.string(ffi.cast('const char *', 'abc') + 4, 0) .. '>'"))
        .isEqualTo("<>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ffi.typeof('int' .. ('*'):rep(1e5)) | x:1: chunk has too many syntax levels",
        "ffi.typeof('int' .. ('[1]'):rep(1e5)) | x:1: chunk has too many syntax levels",
        "ffi.cdef('enum { A = ' .. ('('):rep(1e5)) | x:1: chunk has too many syntax levels",
        "ffi.cdef('enum { A = ' .. ('-'):rep(1e5)) | x:1: chunk has too many syntax levels",
        "ffi.cdef('enum { A = ' .. ('1?1:'):rep(1e5)) | x:1: chunk has too many syntax levels",
        "ffi.typeof(('struct {'):rep(1e5)) | x:1: chunk has too many syntax levels"
      })
  void declarationsNestOnlySoDeep(String code, String error) {
    assertThat(run(code)).isEqualTo(error);
  }

  @Test
  void declarationsThatEndTooEarlyAreLuasErrors() {
    assertThat(run("ffi.cdef(string.char(39, 92))")).startsWith("x:1: unfinished string");
    assertThat(run("ffi.cdef('int a __attribute__((__a)); int b __attribute__((__));') return 'y'"))
        .isEqualTo("y");
  }

  @Test
  void aCircleOfIndexTablesEnds() {
    assertThat(
            run(
                "ffi.cdef('struct s { int a; };') local t = {} setmetatable(t, {__index = t})"
                    + " ffi.metatype('struct s', {__index = t}) return ffi.new('struct s').b"))
        .isEqualTo("loop in gettable");
  }

  @Test
  @Timeout(20)
  void manyPointersAndLongNumeralsTakeLinearTime() {
    assertThat(
            run(
                "ffi.cdef('long strtol(const char *, char **, int);')"
                    + " local p = ffi.new('const char *[100000]', {'text'})"
                    + " return ffi.string(p[99999]) .. tostring(ffi.C.strtol(('9'):rep(5e5), nil, 10))"))
        .isEqualTo("text9223372036854775807LL");
  }

  @Test
  void aStringIsReadWhereItLiesAndEndsWithAZero() {
    assertThat(run("local p = ffi.cast('const char*', 'abc') return p[2] .. ',' .. p[3]"))
        .isEqualTo("99,0");
  }

  @Test
  void equalStringsAreAtOnePlace() {
    assertThat(
            run(
                "local a, b = ('x'):rep(9), ('x'):rep(9) local c = 'const char*'"
                    + " local p, q = ffi.cast(c, a), ffi.cast(c, b)"
                    + " local n, m = ffi.cast('intptr_t', p), ffi.cast('intptr_t', q + 1)"
                    + " return tostring(p == q) .. tostring(n + 1LL == m)"
                    + " .. tostring(ffi.cast('intptr_t', ffi.cast(c, 'y')) == n)"
                    + " .. ffi.string(ffi.cast(c, m))"))
        .isEqualTo("truetruefalse" + "x".repeat(8));
  }

  @Test
  void memoryKeepsWhatItsPointersPointInto() {
    run(
        "ffi.cdef[[struct node { struct node *next; const char *name; };"
            + " void *malloc(size_t n); void free(void *p);]]");
    assertThat(
            run(
                """
                local node = ffi.typeof("struct node")
                local size = ffi.sizeof(node)
                local last = ffi.cast("struct node *", ffi.C.malloc(size))
                last.next, last.name = nil, ("last"):rep(20)
                local first = node(last, ("first"):rep(20))
                local copy = node()
                ffi.copy(copy, first, size)
                first, last = nil, nil
                return function()
                  return ffi.string(copy.name, 5) .. ffi.string(copy.next.name, 4)
                      .. tostring(copy.next.next == nil)
                end
                """,
                System::gc))
        .isEqualTo("firstlasttrue");
  }

  @Test
  void aPointerInMemoryLeadsToWhereItWasTaken() {
    assertThat(
            run(
                "local a, p = ffi.new('int[3]', 1, 2, 3), ffi.new('int*[1]') p[0] = a + 1"
                    + " local n = ffi.cast('uintptr_t', a) + 8"
                    + " return p[0][0] .. ',' .. ffi.cast('int*', n)[0]"))
        .isEqualTo("2,3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ffi.cdef[[int getaddrinfo(int);]] ffi.C.getaddrinfo(1) | x:1: 'getaddrinfo' is C's, which is not called here",
        "ffi.load('crypto') | x:1: crypto: libraries of C are not loaded here",
        "for i = 1, 1e4 do ffi.cast('int (*)(int)', print) end | x:1: too many callbacks",
        "local r = ffi.cast('int (*)(int)', 8)(1) | x:1: attempt to call through a pointer to no function"
      })
  void functionsOfCAreRefusedByName(String code, String error) {
    assertThat(run(code)).startsWith(error);
  }

  @Test
  @Timeout(20)
  void whatIsGoneIsToldWithNewDataInItsPlace() {
    assertThat(
            run(
                """
                local seen = {}
                local fresh = ffi.metatype("struct { int a; }", {__gc = function(s) seen[s.a] = 's' end})
                for i = 1, 3 do ffi.gc(ffi.new("int[1]", i), function(p) seen[p[0]] = tostring(ffi.typeof(p)) end) end
                fresh(4)
                ffi.gc(ffi.gc(ffi.new("int[1]", 5), function() seen[5] = "told" end), nil)
                return function()
                  ffi.new("int")
                  return #seen == 4 and table.concat(seen, ",") or ""
                end
                """,
                System::gc))
        .isIn("", "ctype<int [1]>,ctype<int [1]>,ctype<int [1]>,s");
  }

  @Test
  void functionsThatOnlyComputeAreThere() {
    assertThat(
            run(
                """
                ffi.cdef[[
                  size_t strlen(const char *s);
                  int memcmp(const void *a, const void *b, size_t n);
                  int strncasecmp(const char *a, const char *b, size_t n);
                  char *strchr(const char *s, int c);
                  void *memset(void *s, int c, size_t n);
                  int atoi(const char *s);
                  uint32_t ntohl(uint32_t n);
                  uint16_t htons(uint16_t n);
                  int inet_pton(int family, const char *text, void *to);
                ]]
                local C, b, six = ffi.C, ffi.new("uint8_t[4]"), ffi.new("uint8_t[16]")
                return table.concat({
                  tonumber(C.strlen("hello")), C.memcmp("abc", "abd", 3), C.memcmp("abc", "abd", 2),
                  C.strncasecmp("ABx", "aby", 2), ffi.string(C.strchr("a=b", 61)),
                  tostring(C.strchr("ab", 61) == nil), C.atoi(" -12x"), C.ntohl(0x01020304),
                  C.htons(0x0102), C.inet_pton(2, "10.0.0.255", b), b[0], b[3],
                  C.inet_pton(2, "10.0.0", b), C.inet_pton(10, "::1", six), six[15],
                  C.inet_pton(10, "x", six), ffi.string(C.memset(b, 65, 2), 4):byte(1, 2)
                }, " ")
                """))
        .isEqualTo("5 -1 0 0 =b true -12 67305985 513 1 10 255 0 1 1 0 65 65");
  }

  @Test
  void eachMachineHasTypesOfItsOwnAndSharesTheCode() {
    Chunk chunk =
        LuaVm.compile(
            bytes(
                "local ffi = require 'ffi' ffi.cdef[[struct own { int a; };]]"
                    + " ffi.metatype('struct own', {__len = function() return 7LL end})"
                    + " return #ffi.new('struct own') + 1LL"),
            "=x");
    for (int i = 0; i < 2; i++) {
      LuaVm machine = LuaVm.create(StandardLibraries.options());
      assertThat(run(machine, LuaVm.compile(bytes("return tostring(1LL == 1ULL)"), "=y")))
          .isEqualTo("true");
      LuaValue result =
          machine.call(chunk.instantiate(machine, machine.globals()), LuaValue.NONE).arg1();
      assertThat(result).hasToString("8LL");
    }
  }

  @Test
  void whatIsDeclaredIsBounded() {
    assertThat(run("for i = 1, 1e5 do ffi.cdef('struct s' .. i .. ' { int a; };') end"))
        .endsWith("table overflow");
  }
}
