package dev.banyan.lua.ffi;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/**
 * The functions of C that only compute or tell the time, and that Lua code declares often: C's own
 * here, those of OpenSSL and nginx beside it.
 */
final class CFunctions {
  private static final Map<String, CFunction> OF_C =
      Map.ofEntries(
          of("strlen", 1, c -> c.result(CStrings.length(c.pointer(1)))),
          of("strnlen", 2, c -> c.result(CStrings.length(c.pointer(1), c.integer(2)))),
          of("strcmp", 2, c -> c.result(CStrings.compare(c, Long.MAX_VALUE, false))),
          of("strncmp", 3, c -> c.result(CStrings.compare(c, c.integer(3), false))),
          of("strcasecmp", 2, c -> c.result(CStrings.compare(c, Long.MAX_VALUE, true))),
          of("strncasecmp", 3, c -> c.result(CStrings.compare(c, c.integer(3), true))),
          of("strchr", 2, CStrings::find),
          of("strrchr", 2, CStrings::findLast),
          of("memcmp", 3, c -> c.result(CStrings.compareBytes(c))),
          of("memchr", 3, CStrings::findByte),
          of("memcpy", 3, CFunctions::copy),
          of("memmove", 3, CFunctions::copy),
          of("memset", 3, CFunctions::fill),
          of("malloc", 1, c -> allocate(c, c.count(1))),
          of(
              "calloc",
              2,
              c -> allocate(c, Math.multiplyFull((int) c.integer(1), (int) c.count(2)))),
          of("realloc", 2, CFunctions::resize),
          of("free", 1, c -> LuaValue.NONE),
          of("CRYPTO_malloc", 3, c -> allocate(c, c.count(1))),
          of("CRYPTO_free", 3, c -> LuaValue.NONE),
          of("CRYPTO_clear_free", 4, c -> LuaValue.NONE),
          of("atoi", 1, c -> c.result(CStrings.number(c.pointer(1)))),
          of("atol", 1, c -> c.result(CStrings.number(c.pointer(1)))),
          of("atoll", 1, c -> c.result(CStrings.number(c.pointer(1)))),
          of("strtol", 3, CNumerals::signed),
          of("strtoll", 3, CNumerals::signed),
          of("strtoul", 3, CNumerals::unsigned),
          of("strtoull", 3, CNumerals::unsigned),
          of("time", 1, CTimes::time),
          of("gettimeofday", 2, CTimes::timeOfDay),
          of("clock_gettime", 2, CTimes::clock),
          of("abs", 1, c -> c.result(Math.abs((int) c.integer(1)))),
          of("labs", 1, c -> c.result(Math.abs(c.integer(1)))),
          of("toupper", 1, c -> c.result(upper(c.integer(1)))),
          of("tolower", 1, c -> c.result(lower(c.integer(1)))),
          of("isdigit", 1, c -> c.result(within(c.integer(1), '0', '9') ? 1 : 0)),
          of("isalpha", 1, c -> c.result(within(lower(c.integer(1)), 'a', 'z') ? 1 : 0)),
          of("htonl", 1, c -> c.result(swap32(c.integer(1)))),
          of("ntohl", 1, c -> c.result(swap32(c.integer(1)))),
          of("htons", 1, c -> c.result(swap16(c.integer(1)))),
          of("ntohs", 1, c -> c.result(swap16(c.integer(1)))),
          of("inet_pton", 3, CAddresses::parse),
          of("getpid", 0, c -> c.result(ProcessHandle.current().pid())));

  private static final Map<String, CFunction> ALL = all();

  private static final Pattern OPENSSL =
      Pattern.compile(
          "(?:ACCESS_DESCRIPTION|ASN1|AUTHORITY_INFO_ACCESS|BASIC_CONSTRAINTS|BN|CRYPTO|DH|DIST_POINT|EC|ECDSA"
              + "|EVP|GENERAL_NAME|NCONF|OCSP|OPENSSL_sk|OSSL|PEM|PKCS12|RSA|SSL|TLS|X509|X509V3"
              + "|X509v3|[di]2[di])_");

  private CFunctions() {}

  private static Map<String, CFunction> all() {
    Map<String, CFunction> all = new HashMap<>(OF_C);
    all.putAll(CSorting.functions());
    all.putAll(CDigests.functions());
    all.putAll(CBios.functions());
    all.putAll(CParams.functions());
    all.putAll(CBigNumbers.functions());
    all.putAll(CBigSums.functions());
    all.putAll(CStacks.functions());
    all.putAll(CMacs.functions());
    all.putAll(CKeyMaking.functions());
    all.putAll(CKeyWriting.functions());
    all.putAll(CCertificates.functions());
    all.putAll(CSubjects.functions());
    all.putAll(CHmacs.functions());
    all.putAll(CCiphers.functions());
    all.putAll(CKeys.functions());
    all.putAll(CKeyContexts.functions());
    all.putAll(CKeyOptions.functions());
    all.putAll(CRawSignatures.functions());
    all.putAll(CAgreements.functions());
    all.putAll(COctetKeys.functions());
    all.putAll(CRsaNumbers.functions());
    all.putAll(CCurves.functions());
    all.putAll(CEllipticKeys.functions());
    all.putAll(CFaults.functions());
    all.putAll(COpenSsl.functions());
    all.putAll(CNumbers.functions());
    all.putAll(CDerivations.functions());
    all.putAll(CRequests.functions());
    all.putAll(CAsn1Values.functions());
    all.putAll(CExtensions.functions());
    all.putAll(CExtensionTexts.functions());
    all.putAll(CCertificateMaking.functions());
    all.putAll(CNameMaking.functions());
    all.putAll(CStores.functions());
    all.putAll(COpenResty.functions());
    return all;
  }

  private static Map.Entry<String, CFunction> of(
      String name, int arity, Function<CArguments, LuaValue> body) {
    return Map.entry(name, new CFunction(arity, body));
  }

  static @Nullable CFunction named(String name) {
    return ALL.get(name);
  }

  /** Whether a name is of the kind that OpenSSL's functions have. */
  static boolean isOpenSsl(String name) {
    return OPENSSL.matcher(name).lookingAt();
  }

  /** The names of all. */
  static Set<String> names() {
    return new TreeSet<>(ALL.keySet());
  }

  private static LuaValue copy(CArguments c) {
    PointerData to = c.pointer(1);
    PointerData from = c.pointer(2);
    long count = c.count(3);
    if (count != 0) {
      to.memory.copy(to.offset, from.memory, from.offset, count);
    }
    return c.result(to);
  }

  /** Memory that lives as long as a pointer to it, and needs no {@code free}. */
  private static LuaValue allocate(CArguments c, long size) {
    return c.result(new PointerData(CType.VOID_POINTER, c.allocate(size), 0));
  }

  private static LuaValue resize(CArguments c) {
    PointerData from = c.pointer(1);
    long size = c.count(2);
    Memory to = c.allocate(size);
    if (!from.isNull()) {
      to.copy(0, from.memory, from.offset, Math.min(size, from.memory.length - from.offset));
    }
    return c.result(new PointerData(CType.VOID_POINTER, to, 0));
  }

  private static LuaValue fill(CArguments c) {
    PointerData to = c.pointer(1);
    long count = c.count(3);
    if (count != 0) {
      to.memory.fill(to.offset, count, (int) c.integer(2));
    }
    return c.result(to);
  }

  static long upper(long c) {
    return within(c, 'a', 'z') ? c - 'a' + 'A' : c;
  }

  static long lower(long c) {
    return within(c, 'A', 'Z') ? c - 'A' + 'a' : c;
  }

  private static boolean within(long c, char first, char last) {
    return c >= first && c <= last;
  }

  private static long swap32(long value) {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) value));
  }

  private static long swap16(long value) {
    return Short.reverseBytes((short) value) & 0xffff;
  }
}
