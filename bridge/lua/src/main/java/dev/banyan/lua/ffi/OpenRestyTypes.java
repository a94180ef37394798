package dev.banyan.lua.ffi;

/** The types that Lua code may name because lua-resty-core has declared them before it. */
final class OpenRestyTypes {
  static final String DECLARATIONS =
      """
      typedef unsigned char u_char;
      typedef struct { size_t len; const unsigned char *data; } ngx_str_t;
      typedef struct { int len; const unsigned char *data; } ngx_http_lua_ffi_str_t;
      typedef struct ngx_http_request_s ngx_http_request_t;
      typedef struct {
        ngx_http_lua_ffi_str_t key;
        ngx_http_lua_ffi_str_t value;
      } ngx_http_lua_ffi_table_elt_t;
      """;

  private OpenRestyTypes() {}
}
