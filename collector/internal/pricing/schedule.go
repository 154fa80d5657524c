package pricing

import (
	"slices"
	"time"
)

const (
	dayMs  = 86_400_000
	hourMs = 3_600_000
)

// applies tells whether a price with this schedule counts at `at` (Unix milliseconds), all in UTC. Hours are [from, to).
func (s *scheduleData) applies(at int64) bool {
	hour := float64(((at%dayMs)+dayMs)%dayMs) / hourMs
	inHours := slices.ContainsFunc(s.Hours, func(hours [2]float64) bool { return hour >= hours[0] && hour < hours[1] })
	if !inHours {
		return false
	}
	day := time.UnixMilli(at).UTC()
	weekday := (int(day.Weekday())+6)%7 + 1
	if s.Days != nil && !slices.Contains(s.Days, weekday) {
		return false
	}
	return s.Except == nil || !slices.Contains(s.Except, day.Format(time.DateOnly))
}
