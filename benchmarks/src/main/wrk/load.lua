-- The load of one round, told by arguments behind "--":
--   depth=N      requests in one write
--   path=PATH    the path, where it is not that of the URL
--   coding=NAME  the content coding that is asked for
--   post=N       bytes that are posted
--   pause=N      the longest pause before a request in milliseconds; each is of a random length
--   cookies=FILE cookies, a line each, that are sent in turn
-- Ends with one line that the runner reads; "micros", "p50" and "p99" are microseconds.

local function read_requests(file)
    local requests = {}
    for cookie in io.lines(file) do
        requests[#requests + 1] = wrk.format("GET", nil, {["Host"] = wrk.headers["Host"], ["Cookie"] = cookie})
    end
    return requests
end

function init(args)
    local options = {}
    for _, arg in ipairs(args) do
        local name, value = arg:match("^(%a+)=(.*)$")
        options[name] = value
    end
    if options.path then
        wrk.path = options.path
    end
    if options.coding then
        wrk.headers["Accept-Encoding"] = options.coding
    end
    if options.post then
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/octet-stream"
        wrk.body = string.rep("0123456789abcdef", tonumber(options.post) / 16)
    end
    local depth = tonumber(options.depth or "1")
    if depth > 1 then
        local batch = string.rep(wrk.format("GET"), depth)
        request = function() return batch end
    end
    if options.cookies then
        local requests, next = read_requests(options.cookies), 0
        request = function()
            next = next % #requests + 1
            return requests[next]
        end
    end
    if options.pause then
        local longest = tonumber(options.pause)
        delay = function() return math.random(0, longest) end
    end
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "\nbench responses=%d micros=%d bytes=%d p50=%d p99=%d connect=%d read=%d write=%d status=%d timeout=%d\n",
        summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
        errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
