-- For wrk: the requests that the sample legacy is loaded with, and one line of figures at the end. Mix
-- writes the hosts in.
local hosts = {}
local paths = { "/", "/shop?q=blue+shoes&page=2", "/assets/0a1b2c3d/site.css", "/v1/orders/77?sort=date" }
local agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
local made = {}
local n = 0

function init()
    for i = 1, 4096 do
        made[i] = wrk.format("GET", paths[i % #paths + 1], {
            ["Host"] = hosts[i % #hosts + 1],
            ["User-Agent"] = agent,
            ["Accept"] = "*/*",
            ["Accept-Language"] = "en-US,en;q=0.9",
            ["X-Forwarded-For"] = string.format("10.%d.%d.%d", i % 200, math.floor(i / 7) % 250, i % 250),
            ["Cookie"] = "session=" .. i,
        })
    end
end

function request()
    n = n % #made + 1
    return made[n]
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format("load %d %d %d %.0f %.0f %.0f\n", summary.requests,
        e.connect + e.read + e.write + e.status + e.timeout, summary.duration,
        latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
