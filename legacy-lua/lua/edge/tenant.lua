-- Who a request belongs to: by host, exact first, then by the longest wildcard suffix.

local cjson = require "cjson.safe"
local util = require "edge.util"

local ngx = ngx
local find, sub = string.find, string.sub
local setmetatable, ipairs = setmetatable, ipairs

local _M = {}

local Tenant = {}
Tenant.__index = Tenant

-- what a tenant gets that its record doesn't say
local defaults = {
    tier = "free",
    waf = { mode = "block", threshold = 10 },
    auth = { mode = "none" },
    rate = { per_second = 500, burst = 1000 },
    features = {},
    redirects = {},
    upstream = "default",
}

function Tenant:has(feature)
    return self.features[feature] == true
end

function Tenant:label()
    return self.id .. "/" .. self.tier
end

local exact, wildcard = {}, {}
local count, generation = 0, 0

local function with_defaults(record)
    return setmetatable(record, {
        __index = function(_, key)
            return Tenant[key] or defaults[key]
        end,
    })
end

-- Replaces the table of tenants by the file's content; keeps the old one when it is broken.
function _M.load(path)
    local file, err = io.open(path, "rb")
    if not file then
        return nil, err
    end
    local text = file:read("*a")
    file:close()
    local list, decode_err = cjson.decode(text)
    if not list then
        return nil, "tenants: " .. decode_err
    end
    local new_exact, new_wildcard = {}, {}
    for _, record in ipairs(list.tenants) do
        local tenant = with_defaults(record)
        tenant.redirect_index = nil
        for _, host in ipairs(record.hosts) do
            if sub(host, 1, 2) == "*." then
                new_wildcard[sub(host, 2)] = tenant
            else
                new_exact[host] = tenant
            end
        end
    end
    exact, wildcard = new_exact, new_wildcard
    count = #list.tenants
    generation = generation + 1
    return count
end

function _M.count()
    return count
end

function _M.generation()
    return generation
end

local function by_suffix(host)
    local dot = find(host, ".", 1, true)
    while dot do
        local hit = wildcard[sub(host, dot)]
        if hit then
            return hit
        end
        dot = find(host, ".", dot + 1, true)
    end
    return nil
end

function _M.lookup(host)
    return exact[host] or by_suffix(host)
end

-- the tenant of the current request; every later phase reads ngx.ctx.tenant
function _M.current()
    return ngx.ctx.tenant
end

function _M.rewrite()
    local tenant = _M.lookup(util.lower_host())
    if not tenant then
        ngx.status = 421
        ngx.header["Content-Type"] = "text/plain"
        ngx.say("no such tenant: ", util.lower_host())
        return ngx.exit(421)
    end
    ngx.ctx.tenant = tenant
    ngx.var.tenant_id = tenant.id
    ngx.var.tenant_tier = tenant.tier
    if tenant.suspended then
        return ngx.exec("@suspended")
    end
end

return _M
