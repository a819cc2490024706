package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"sort"

	"example.test/programs/marks"
	"github.com/rs/zerolog"
	"github.com/rs/zerolog/log"
)

type zerologWriter struct{}

func (zerologWriter) Write(line []byte) (int, error) {
	values := map[string]any{}
	decoder := json.NewDecoder(bytes.NewReader(line))
	if err := decoder.Decode(&values); err != nil {
		panic(err)
	}
	file, number := marks.Split(fmt.Sprint(values["caller"]))
	level, _ := values["level"].(string)
	message, _ := values["message"].(string)
	var fields []string
	for key, value := range values {
		if key != "caller" && key != "level" && key != "message" {
			fields = append(fields, fmt.Sprintf("%s=%v", key, value))
		}
	}
	sort.Strings(fields)
	marks.Mark(file, number, "zerolog", level, message, fields...)
	return len(line), nil
}

func zerologShapes(user string, price int) {
	err := errors.New("broken")
	log.Info().Msg("plain")
	log.Info().Str("user", user).Int("price", price).Msg("fields")
	log.Warn().Msgf("formatted %s %d", user, price)
	log.Error().Err(err).Msg("failed")
	log.Debug().Str("user", user).Send()
	log.Info().Msg("sum " + user)
	log.WithLevel(zerolog.WarnLevel).Str("user", user).Msg("level")
	log.Info().
		Str("user", user).
		Msg("over lines")
	log.Info().Any("user", user).Bool("late", true).Msg("more")
	logger := log.With().Logger()
	logger.Info().Str("user", user).Msg("own")
}

func runZerolog() {
	marks.Value("true", "true")
	log.Logger = zerolog.New(zerologWriter{}).With().Caller().Logger()
	zerologShapes("u-17", 3)
}
