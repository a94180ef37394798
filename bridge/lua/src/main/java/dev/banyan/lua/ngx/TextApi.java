package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.text.Base64Text;
import dev.banyan.lua.ngx.text.SqlText;
import dev.banyan.lua.ngx.text.UriEscape;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: escaping, arguments, base64 and SQL quoting of {@code ngx}. */
public final class TextApi {
  private final LuaVm vm;

  /** The functions of a machine. */
  public TextApi(LuaVm vm) {
    this.vm = vm;
  }

  /** Adds the functions to {@code ngx}. */
  public void open(Table ngx) {
    ngx.rawset("escape_uri", NativeFunction.two("escape_uri", this::escapeUri));
    ngx.rawset("unescape_uri", NativeFunction.one("unescape_uri", this::unescapeUri));
    ngx.rawset("encode_args", NativeFunction.of("encode_args", ArgsText::encode));
    ngx.rawset("decode_args", NativeFunction.of("decode_args", ArgsText::decode));
    ngx.rawset("encode_base64", NativeFunction.two("encode_base64", this::encodeBase64));
    ngx.rawset("decode_base64", NativeFunction.one("decode_base64", TextApi::decodeBase64));
    ngx.rawset("quote_sql_str", NativeFunction.of("quote_sql_str", TextApi::quoteSql));
  }

  /** The table that {@code require "ngx.base64"} gives. */
  public Table base64Module() {
    Table module = new Table();
    module.rawset(
        "encode_base64url", NativeFunction.of("encode_base64url", TextApi::encodeBase64Url));
    module.rawset(
        "decode_base64url", NativeFunction.of("decode_base64url", TextApi::decodeBase64Url));
    return module;
  }

  private LuaValue escapeUri(LuaValue value, LuaValue type) {
    LuaString text = Coerce.stringOrEmpty(vm, value);
    UriEscape escape = type.isnil() ? UriEscape.COMPONENT : escape(type);
    return escape.count(text.m_bytes, text.m_offset, text.m_length) == 0
        ? text
        : LuaString.valueUsing(escape.escape(text.m_bytes, text.m_offset, text.m_length));
  }

  /** Errors tell the place of whoever called the caller, as in lua-resty-core. */
  private UriEscape escape(LuaValue type) {
    if (!(type instanceof LuaNumber number)) {
      throw LuaErrors.bare(vm.where(2) + "\"type\" is not a number");
    }
    double value = number.todouble();
    return UriEscape.numbered(value < 0 ? -1 : (int) value)
        .filter(e -> value <= UriEscape.LAST_NUMBER)
        .orElseThrow(() ->
            LuaErrors.bare(vm.where(2) + "\"type\" " + LuaNumbers.format(value) + " out of range"));
  }

  private LuaValue unescapeUri(LuaValue value) {
    LuaString text = Coerce.stringOrEmpty(vm, value);
    return LuaString.valueUsing(UriEscape.unescape(text.m_bytes, text.m_offset, text.m_length));
  }

  private LuaValue encodeBase64(LuaValue value, LuaValue noPadding) {
    byte[] bytes = LuaText.bytes(Coerce.stringOrEmpty(vm, value));
    if (!noPadding.toboolean()) {
      return LuaString.valueUsing(Base64Text.STANDARD.encode(bytes));
    }
    if (!noPadding.isboolean()) {
      throw LuaErrors.raise("bad no_padding: boolean expected, got " + noPadding.typename());
    }
    return LuaString.valueUsing(Base64Text.STANDARD.encodeBare(bytes));
  }

  private static LuaValue decodeBase64(LuaValue value) {
    if (!(value instanceof LuaString text)) {
      throw LuaErrors.raise("string argument only");
    }
    return Base64Text.STANDARD
        .decode(text.m_bytes, text.m_offset, text.m_length)
        .<LuaValue>map(LuaString::valueUsing)
        .orElse(NIL);
  }

  private static Varargs encodeBase64Url(Varargs args) {
    return args.arg1() instanceof LuaString text
        ? LuaString.valueUsing(Base64Text.URL.encodeBare(LuaText.bytes(text)))
        : varargsOf(NIL, LuaText.of("must provide a string"));
  }

  private static Varargs decodeBase64Url(Varargs args) {
    if (!(args.arg1() instanceof LuaString text)) {
      return varargsOf(NIL, LuaText.of("must provide a string"));
    }
    return Base64Text.URL
        .decode(text.m_bytes, text.m_offset, text.m_length)
        .<Varargs>map(LuaString::valueUsing)
        .orElseGet(() -> varargsOf(NIL, LuaText.of("invalid input")));
  }

  private static Varargs quoteSql(Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.raise("expecting one argument");
    }
    LuaString text = LuaArgs.checkString(args, 1);
    return LuaString.valueUsing(SqlText.quote(text.m_bytes, text.m_offset, text.m_length));
  }
}
