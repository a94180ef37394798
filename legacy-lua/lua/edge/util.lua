-- Small things that every module needs. First written 2011, touched by everybody since.

local bit = require "bit"

local ngx = ngx
local band, bor, lshift = bit.band, bit.bor, bit.lshift
local byte, sub, find, lower = string.byte, string.sub, string.find, string.lower
local concat = table.concat
local tonumber, tostring, pairs, type = tonumber, tostring, pairs, type

local _M = { _VERSION = "4.2" }

-- "10.1.2.3" -> unsigned number, or nil
function _M.ipv4(text)
    if not text then
        return nil
    end
    local m, err = ngx.re.match(text, [[^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$]], "jo")
    if not m then
        return nil, err
    end
    local a, b, c, d = tonumber(m[1]), tonumber(m[2]), tonumber(m[3]), tonumber(m[4])
    if a > 255 or b > 255 or c > 255 or d > 255 then
        return nil, "octet out of range"
    end
    return ((a * 256 + b) * 256 + c) * 256 + d
end

-- The client's address: the balancer in front of us appends to X-Forwarded-For.
-- Cached for the request, because six modules ask.
function _M.client_ip()
    local ctx = ngx.ctx
    local ip = ctx.client_ip
    if ip then
        return ip
    end
    local xff = ngx.var.http_x_forwarded_for
    if xff and ngx.var.remote_addr == "127.0.0.1" then
        local from = find(xff, "[^, ]+%s*$")
        ip = from and (sub(xff, from):gsub("%s+$", ""))
    end
    if not ip or ip == "" then
        ip = ngx.var.remote_addr
    end
    ctx.client_ip = ip
    return ip
end

function _M.starts_with(s, prefix)
    return sub(s, 1, #prefix) == prefix
end

function _M.trim(s)
    return (s:gsub("^%s+", ""):gsub("%s+$", ""))
end

-- first value of something that may be a table of values
function _M.first(v)
    if type(v) == "table" then
        return v[1]
    end
    return v
end

function _M.set_of(list)
    local set = {}
    for i = 1, #(list or {}) do
        set[list[i]] = true
    end
    return set
end

function _M.sorted_keys(t)
    local keys, n = {}, 0
    for k in pairs(t) do
        n = n + 1
        keys[n] = tostring(k)
    end
    table.sort(keys)
    return keys
end

-- a comparison whose time doesn't tell where the difference is
function _M.equal_constant_time(a, b)
    if #a ~= #b then
        return false
    end
    local diff = 0
    for i = 1, #a do
        diff = bor(diff, bit.bxor(byte(a, i), byte(b, i)))
    end
    return diff == 0
end

local b64url = { ["+"] = "-", ["/"] = "_" }
local b64std = { ["-"] = "+", ["_"] = "/" }

function _M.base64url(s)
    return (ngx.encode_base64(s):gsub("[+/]", b64url):gsub("=+$", ""))
end

function _M.unbase64url(s)
    if find(s, "[^A-Za-z0-9_-]") then
        return nil
    end
    local rest = #s % 4
    if rest == 1 then
        return nil
    end
    local std = s:gsub("[-_]", b64std)
    if rest > 0 then
        std = std .. ("="):rep(4 - rest)
    end
    return ngx.decode_base64(std)
end

-- An id for the request: the caller's own if it looks sane, else one made of what it asks for,
-- so that a retry of the same request is found under the same id.
function _M.request_uid()
    local given = ngx.var.http_x_request_id
    if given and ngx.re.find(given, [[^[A-Za-z0-9-]{8,64}$]], "jo") then
        return given
    end
    local seed = concat({ ngx.var.request_method, ngx.var.host or "", ngx.var.request_uri,
                          ngx.var.http_x_forwarded_for or "" }, "\n")
    return sub(ngx.md5(seed), 1, 20)
end

-- {"a", 1, true} style JSON for the few hot places where cjson was too slow in 2013
local escapes = {
    ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f",
    ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
}

function _M.json_string(s)
    s = tostring(s):gsub('[%c"\\]', function(c)
        return escapes[c] or ("\\u%04x"):format(byte(c))
    end)
    return '"' .. s .. '"'
end

function _M.lower_host()
    local host = ngx.var.host
    return host and lower(host) or ""
end

_M.band = band
_M.lshift = lshift

return _M
