-- Leaky bucket per tenant and client, in a shared dict. State is "excess:last" in thousandths.

local util = require "edge.util"

local ngx = ngx
local floor, max, ceil = math.floor, math.max, math.ceil
local tonumber, format, setmetatable = tonumber, string.format, setmetatable

local _M = {}
local Limiter = {}
Limiter.__index = Limiter

function _M.new(dict_name, per_second, burst)
    local dict = ngx.shared[dict_name]
    if not dict then
        return nil, "no shared dict: " .. dict_name
    end
    return setmetatable({ dict = dict, rate = per_second * 1000, burst = burst * 1000 }, Limiter)
end

-- Adds one request; returns the excess in requests, or nil and "rejected".
function Limiter:incoming(key, now)
    local dict = self.dict
    local value = dict:get(key)
    local excess = 0
    if value then
        local old, last = value:match("^(%d+):(%d+)$")
        local elapsed = max(0, now - tonumber(last))
        excess = max(0, tonumber(old) - floor(self.rate * elapsed / 1000) + 1000)
    end
    if excess > self.burst then
        return nil, "rejected"
    end
    local ttl = self.burst / max(self.rate, 1) + 60
    local ok, err = dict:set(key, format("%d:%d", excess, now), ttl)
    if not ok then
        return nil, err
    end
    return excess / 1000
end

local limiters = {}

local function limiter_of(tenant)
    local limiter = limiters[tenant]
    if not limiter then
        local err
        limiter, err = _M.new("rate_limit", tenant.rate.per_second, tenant.rate.burst)
        if not limiter then
            ngx.log(ngx.ERR, "rate limit: ", err)
            return nil
        end
        limiters[tenant] = limiter
    end
    return limiter
end

-- tenants are replaced as a whole on reload; their limiters go with them
function _M.forget()
    limiters = {}
end

function _M.access()
    local tenant = ngx.ctx.tenant
    local limiter = limiter_of(tenant)
    if not limiter then
        return
    end
    local key = tenant.id .. "|" .. util.client_ip()
    local excess, err = limiter:incoming(key, floor(ngx.now() * 1000))
    if not excess then
        if err ~= "rejected" then
            ngx.log(ngx.ERR, "rate limit: ", err)
            return
        end
        ngx.ctx.blocked_by = "rate"
        ngx.var.edge_action = "limit"
        ngx.header["Retry-After"] = tostring(ceil(1 / max(tenant.rate.per_second, 0.0001)))
        ngx.header["X-RateLimit-Limit"] = tostring(tenant.rate.burst)
        return ngx.exit(429)
    end
    if tenant.rate.show then
        ngx.header["X-RateLimit-Remaining"] = tostring(floor(tenant.rate.burst - excess))
    end
end

return _M
