-- The load of one round: GET requests, several to one write when a depth is given after "--".
-- Ends with one line that the runner reads; "micros" and "p99" are microseconds.

function init(args)
    local depth = tonumber(args[1] or "1")
    if depth > 1 then
        local batch = string.rep(wrk.format("GET"), depth)
        request = function() return batch end
    end
end

-- wrk's own percentiles rank by responses, but a pipelined batch is timed once.
local function percentile(latency, part)
    local total = 0
    for i = 1, #latency do
        local _, count = latency(i)
        total = total + count
    end
    local seen = 0
    for i = 1, #latency do
        local value, count = latency(i)
        seen = seen + count
        if seen >= total * part then return value end
    end
    return 0
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "\nbench responses=%d micros=%d bytes=%d p99=%d connect=%d read=%d write=%d status=%d timeout=%d\n",
        summary.requests, summary.duration, summary.bytes, percentile(latency, 0.99),
        errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
