-- The key under which the cache tier behind us stores an answer.

local util = require "edge.util"

local ngx = ngx
local concat, sort = table.concat, table.sort
local pairs, ipairs, type, tostring = pairs, ipairs, type, tostring

local _M = {}

-- arguments in a canonical order, however the client ordered them
local function canonical_args(ignored)
    local list, n = {}, 0
    for name, value in pairs(ngx.req.get_uri_args(50)) do
        if not ignored[name] then
            if type(value) == "table" then
                for _, v in ipairs(value) do
                    n = n + 1
                    list[n] = ngx.escape_uri(name) .. "=" .. ngx.escape_uri(tostring(v))
                end
            else
                n = n + 1
                list[n] = ngx.escape_uri(name) .. "=" .. ngx.escape_uri(tostring(value))
            end
        end
    end
    sort(list)
    return concat(list, "&")
end

local function encoding_class()
    local accept = ngx.var.http_accept_encoding or ""
    if accept:find("br", 1, true) then
        return "br"
    end
    if accept:find("gzip", 1, true) then
        return "gz"
    end
    return "id"
end

local function device_class()
    local agent = ngx.var.http_user_agent or ""
    if ngx.re.find(agent, [[\b(?:mobile|iphone|android)\b]], "joi") then
        return "m"
    end
    return "d"
end

local no_ignored = {}
local ignored_of = setmetatable({}, { __mode = "k" })

function _M.build()
    local tenant = ngx.ctx.tenant
    local cache = tenant.cache or {}
    local ignored = no_ignored
    if cache.ignore_args then
        ignored = ignored_of[cache]
        if not ignored then
            ignored = util.set_of(cache.ignore_args)
            ignored_of[cache] = ignored
        end
    end
    local parts = {
        ngx.req.get_method() == "HEAD" and "GET" or ngx.req.get_method(),
        tenant.id,
        ngx.var.uri,
        canonical_args(ignored),
        encoding_class(),
    }
    if cache.by_device then
        parts[#parts + 1] = device_class()
    end
    if cache.by_user and ngx.ctx.user then
        parts[#parts + 1] = "u:" .. ngx.ctx.user
    end
    return ngx.md5(concat(parts, "|"))
end

function _M.access()
    local key = _M.build()
    ngx.var.cache_key = key
    ngx.req.set_header("X-Cache-Key", key)
end

return _M
