package api

import "reflect"

// fill gives every nil slice and map in an answer its empty form, because a
// client's list is never null. It walks what the encoder will walk.
func fill(out any) { fillValue(reflect.ValueOf(out)) }

func fillValue(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			fillValue(v.Elem())
		}
	case reflect.Struct:
		t := v.Type()
		for i := range v.NumField() {
			if f := t.Field(i); (f.IsExported() || f.Anonymous) && holdsLists(t.Field(i).Type, nil) {
				fillValue(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		if holdsLists(v.Type().Elem(), nil) {
			for i := range v.Len() {
				fillValue(v.Index(i))
			}
		}
	case reflect.Map:
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeMap(v.Type()))
		}
	}
}

var listsKnown typeCache

// holdsLists reports whether a value of the type can hold a list, so that the
// walk skips numbers and texts.
func holdsLists(t reflect.Type, seen map[reflect.Type]bool) bool {
	if known, ok := listsKnown.get(t); ok {
		return known
	}
	if seen[t] {
		return true
	}
	holds := false
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Interface:
		holds = true
	case reflect.Pointer:
		holds = holdsLists(t.Elem(), seen)
	case reflect.Struct:
		next := map[reflect.Type]bool{t: true}
		for k := range seen {
			next[k] = true
		}
		for i := range t.NumField() {
			if f := t.Field(i); (f.IsExported() || f.Anonymous) && holdsLists(f.Type, next) {
				holds = true
				break
			}
		}
	}
	listsKnown.put(t, holds)
	return holds
}
