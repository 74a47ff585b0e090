package api

// nouns registers every route. It reads as the API's table of contents.
func (a *App) nouns(r *Routes) {
	a.sessionRoutes(r)
	a.meRoutes(r)
	a.keyRoutes(r)
	a.resetRoutes(r)
	a.streamRoutes(r)
	a.documentRoutes(r)
}
