
local all = {}
for i = 0, 255 do
    all[#all + 1] = string.char(i)
end
all = table.concat(all)

for t = 0, 6 do
    show("escape " .. t, ngx.escape_uri, all, t)
end
show("escape", ngx.escape_uri, all)
show("escape 7", function() local r = ngx.escape_uri("a", 7) return r end)
show("escape text", function() local r = ngx.escape_uri("a", "x") return r end)
show("escape nil", ngx.escape_uri)
show("escape number", ngx.escape_uri, 12.5)
for _, s in ipairs { "a+b", "%41%4", "%", "%zz", "%4g1", "a%20b%2", "%%41", "?x=%41", "a%00b", "%e7%ab" } do
    show("unescape " .. s, ngx.unescape_uri, s)
end
show("unescape nil", ngx.unescape_uri)
local e = ngx.encode_args
show("args number", e, { a = 1 })
show("args list", e, { b = { "x", true, "z&" } })
show("args true", e, { c = true })
show("args false", e, { c = false })
show("args null", e, { c = ngx.null })
show("args list key", e, { "v" })
show("args empty list", e, { c = {} })
show("args text", function() local r = e("x") return r end)
show("args none", function() local r = e() return r end)
show("args function", e, { c = print })
show("args nested", e, { c = { d = 1 } })
show("args escaped", e, { ["a b"] = "c d+e" })
show("args holes", e, { a = { false, nil, 1 } })
show("args empty", e, {})
local d = ngx.decode_args
for _, s in ipairs { "a=1&b=2&a=3", "a&b=&=c&&d", "a%20b=c+d&x=%41%", "", "a=1=2&b==", "&&&", "a&a&a", "a=1&a=2&a=3&a",
    "=x&=", "a=%00", "a=1;b=2" } do
    show("decode " .. s, d, s)
end
show("decode most", d, "a=1&b=2&c=3", 2)
show("decode all", d, "a=1&b=2&c=3", 0)
show("decode negative", d, "a=1&b=2&c=3", -1)
for _, s in ipairs { "", "a", "ab", "abc", all } do
    show("base64", ngx.encode_base64, s)
    show("base64 bare", ngx.encode_base64, s, true)
end
show("base64 nil", ngx.encode_base64)
show("base64 number", ngx.encode_base64, 3.14)
show("base64 bad", function() local r = ngx.encode_base64("a", 1) return r end)
for _, s in ipairs { "", "YQ==", "YQ", "YW", "YQ=", "YWI=", "YWJj", "Y", "YWJjZ", "YW Jj", "====", "YQ==YQ==", "-_-_", "+/+/",
    " YQ==", "Y!==", "YQ=a", "YQ==\0" } do
    show("decode64 " .. s, ngx.decode_base64, s)
end
show("decode64 number", function() local r = ngx.decode_base64(1234) return r end)
local b = require "ngx.base64"
for _, s in ipairs { "", "a", "ab", "abc", "\255\254\253" } do
    show("url64", b.encode_base64url, s)
end
for _, s in ipairs { "", "YQ", "YQ==", "__79", "//79", "Y", "YQ=" } do
    show("decode url64 " .. s, b.decode_base64url, s)
end
show("url64 number", b.encode_base64url, 3)
show("decode url64 nil", b.decode_base64url)
for _, n in ipairs { "crc32_short", "crc32_long", "md5", "md5_bin", "sha1_bin" } do
    show(n, ngx[n], "hello")
    show(n .. " nil", ngx[n])
    show(n .. " number", ngx[n], 1.5)
    show(n .. " all", ngx[n], all)
end
show("hmac", ngx.hmac_sha1, "key", "message")
show("hmac empty", ngx.hmac_sha1, "", "message")
show("hmac numbers", ngx.hmac_sha1, 1, 2)
show("hmac one", function() local r = ngx.hmac_sha1("k") return r end)
show("sql", ngx.quote_sql_str, all)
show("sql number", ngx.quote_sql_str, 12)
for _, t in ipairs { 1547020800, 0, 1290079655.9, -5, 1e12, 4102444800, 951782400 } do
    show("http_time " .. t, ngx.http_time, t)
    show("cookie_time " .. t, ngx.cookie_time, t)
end
show("http_time text", function() local r = ngx.http_time("12") return r end)
for _, s in ipairs { "Thu, 18 Nov 2010 11:27:35 GMT", "Thu, 18-Nov-10 11:27:35 GMT", "Thursday, 18-Nov-10 11:27:35 GMT",
    "Thu Nov 18 11:27:35 2010", "Thu Nov  8 11:27:35 2010", "Thu, 18 Nov 2010 11:27:35", "18 Nov 2010", "", "abc",
    "Thu, 31 Feb 2010 11:27:35 GMT", "Thu, 29 Feb 2012 11:27:35 GMT", "Thu, 01 Jan 1970 00:00:00 GMT",
    "Thu, 18 Nov 2010 24:00:00 GMT", "Thu, 18 Nov 2010 11:60:00 GMT", "Thu, 18-Nov-94 11:27:35 GMT",
    "Thu,18 Nov 2010 11:27:35 GMT", "Thu, 1 Nov 2010 11:27:35 GMT", "Thu, 18 nov 2010 11:27:35 GMT",
    "Thu, 18 Nov 1969 11:27:35 GMT", "Thu, 18 Nov 2040 11:27:35 GMT" } do
    show("parse " .. s, ngx.parse_http_time, s)
end
show("parse number", function() local r = ngx.parse_http_time(1) return r end)
show("today", function() return #ngx.today(), #ngx.localtime(), #ngx.utctime() end)
show("now", function() return ngx.now() == ngx.now(), math.floor(ngx.now()) == ngx.time() end)
show("null", tostring, ngx.null)
show("null is", function() return ngx.null == require "cjson".null, type(ngx.null), ngx.null and 1 end)
local names = {}
for k, v in pairs(ngx) do
    if type(v) == "number" then
        names[#names + 1] = k .. "=" .. v
    end
end
table.sort(names)
ngx.say(table.concat(names, " "))
