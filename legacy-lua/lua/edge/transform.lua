-- URL and header transforms, on the way in and on the way out.

local util = require "edge.util"

local ngx = ngx
local re_sub, re_find = ngx.re.sub, ngx.re.find
local ipairs, pairs, type = ipairs, pairs, type

local _M = {}

-- tracking arguments that must not reach the origins (they ruin the cache)
local tracking = util.set_of {
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content",
    "gclid", "fbclid", "mc_cid", "mc_eid", "_ga",
}

-- headers that only we may set
local reserved = { "X-Edge-Tenant", "X-Edge-Tier", "X-Internal-Debug", "X-Real-Ip" }

-- headers that origins leak
local leaked = { "X-Powered-By", "X-AspNet-Version", "X-Runtime", "X-Backend-Server" }

-- path rules of all tenants, in order; the first that matches is applied
local path_rules = {
    { [[^/v1/(.*)$]], "/api/1/$1" },
    { [[^/v2/(.*)$]], "/api/2/$1" },
    { [[^/assets/[0-9a-f]{8}/(.*)$]], "/assets/$1" },
    { [[^/~([a-z][a-z0-9]*)/?(.*)$]], "/users/$1/$2" },
}

local function rewrite_path(tenant, uri)
    for _, rule in ipairs(tenant.path_rules or path_rules) do
        local new, n, err = re_sub(uri, rule[1], rule[2], "jo")
        if err then
            ngx.log(ngx.ERR, "path rule ", rule[1], ": ", err)
        elseif n > 0 then
            return new
        end
    end
    return nil
end

-- Removes tracking arguments; keeps the others' order and spelling.
local function strip_tracking(args)
    local kept, n, dropped = {}, 0, false
    for piece in args:gmatch("[^&]+") do
        local name = piece:match("^[^=]*")
        if tracking[name] then
            dropped = true
        else
            n = n + 1
            kept[n] = piece
        end
    end
    return dropped and table.concat(kept, "&") or nil
end

_M.strip_tracking = strip_tracking

function _M.rewrite()
    local tenant = ngx.ctx.tenant
    local uri = ngx.var.uri
    if util.starts_with(uri, "/edge/") then
        return
    end
    local new = rewrite_path(tenant, uri)
    if new then
        ngx.req.set_uri(new)
    end
    local args = ngx.var.args
    if args then
        local stripped = strip_tracking(args)
        if stripped then
            ngx.req.set_uri_args(stripped)
        end
    end
    for _, name in ipairs(reserved) do
        ngx.req.clear_header(name)
    end
    ngx.req.set_header("X-Edge-Tenant", tenant.id)
    ngx.req.set_header("X-Edge-Tier", tenant.tier)
    ngx.req.set_header("X-Request-Id", ngx.var.request_uid)
    ngx.req.set_header("X-Real-Ip", util.client_ip())
    local extra = tenant.request_headers
    if extra then
        for _, name in ipairs(util.sorted_keys(extra)) do
            ngx.req.set_header(name, extra[name])
        end
    end
end

local function fix_location(tenant)
    local location = ngx.header.location
    if location and re_find(location, [[^http://origin\d*\.internal(?::\d+)?/]], "jo") then
        local scheme = tenant:has("force_https") and "https" or "http"
        ngx.header.location = re_sub(location, [[^http://origin\d*\.internal(?::\d+)?/]],
            scheme .. "://" .. ngx.var.host .. "/", "jo")
    end
end

local function fix_cookies(tenant)
    local cookies = ngx.header.set_cookie
    if not cookies or not tenant:has("secure_cookies") then
        return
    end
    if type(cookies) ~= "table" then
        cookies = { cookies }
    end
    local fixed = {}
    for i, cookie in ipairs(cookies) do
        if not re_find(cookie, [[;\s*secure\b]], "joi") then
            cookie = cookie .. "; Secure"
        end
        if not re_find(cookie, [[;\s*samesite=]], "joi") then
            cookie = cookie .. "; SameSite=Lax"
        end
        fixed[i] = cookie
    end
    ngx.header.set_cookie = fixed
end

function _M.header_filter()
    local tenant = ngx.ctx.tenant
    if not tenant then
        return
    end
    for _, name in ipairs(leaked) do
        ngx.header[name] = nil
    end
    fix_location(tenant)
    fix_cookies(tenant)
    ngx.header["X-Request-Id"] = ngx.var.request_uid
    local extra = tenant.response_headers
    if extra then
        for name, value in pairs(extra) do
            ngx.header[name] = value
        end
    end
end

return _M
