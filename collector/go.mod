module github.com/tollgate-dev/tollgate/collector

go 1.26.0
