package mocks

import (
	"context"
	"testing"

	"github.com/go-redis/redismock/v9"
	"github.com/stretchr/testify/mock"
	"go.uber.org/mock/gomock"
	"github.com/redis/go-redis/v9"
)

type MockSearcher struct{ mock.Mock }

func (m *MockSearcher) FTSearch(ctx context.Context, index, query string) *redis.FTSearchCmd {
	args := m.Called(ctx, index, query)
	return args.Get(0).(*redis.FTSearchCmd)
}

func (m *MockSearcher) Do(ctx context.Context, a ...any) *redis.Cmd {
	return m.Called(a...).Get(0).(*redis.Cmd)
}

func TestFind(t *testing.T) {
	m := new(MockSearcher)
	m.On("FTSearch", mock.Anything, "idx", "q").Return(nil)
	m.On("Do", mock.Anything, "FT.SEARCH", "idx").Return(nil)
	m.AssertCalled(t, "Do", mock.Anything, "FT.SEARCH")
	m.EXPECT().FTSearch(mock.Anything, "idx", "q").Return(nil)
	m.EXPECT().Do(mock.Anything, "FT.SEARCH", "idx").Return(nil).Once()
	ctrl := gomock.NewController(t)
	g := NewMockCmdable(ctrl)
	g.EXPECT().FTSearch(gomock.Any(), "idx", "q").Return(redis.NewCmd(context.Background(), "FT.SEARCH"))
	g.EXPECT().
		Do(gomock.Any(), "JSON.SET", "k").
		Return(nil)
	db, rm := redismock.NewClientMock()
	rm.ExpectDo("FT.SEARCH", "idx").SetVal("x")
	_ = db
	db.Do(context.Background(), "FT.SEARCH", "idx")
	call := g.EXPECT().JSONSet(gomock.Any(), "k", "$", 1)
	call.Return(nil)
	gomock.InOrder(
		g.EXPECT().BFAdd(gomock.Any(), "k", 1),
	)
}
