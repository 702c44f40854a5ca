package mocks

import (
	"context"
	"reflect"

	"github.com/redis/go-redis/v9"
	"go.uber.org/mock/gomock"
)

type MockCmdable struct {
	ctrl     *gomock.Controller
	recorder *MockCmdableMockRecorder
}

type MockCmdableMockRecorder struct {
	mock *MockCmdable
}

func NewMockCmdable(ctrl *gomock.Controller) *MockCmdable {
	m := &MockCmdable{ctrl: ctrl}
	m.recorder = &MockCmdableMockRecorder{m}
	return m
}

func (m *MockCmdable) EXPECT() *MockCmdableMockRecorder { return m.recorder }

func (m *MockCmdable) FTSearch(ctx context.Context, index, query string) *redis.FTSearchCmd {
	m.ctrl.T.Helper()
	ret := m.ctrl.Call(m, "FTSearch", ctx, index, query)
	ret0, _ := ret[0].(*redis.FTSearchCmd)
	return ret0
}

func (mr *MockCmdableMockRecorder) FTSearch(ctx, index, query any) *gomock.Call {
	mr.mock.ctrl.T.Helper()
	return mr.mock.ctrl.RecordCallWithMethodType(mr.mock, "FTSearch", reflect.TypeOf((*MockCmdable)(nil).FTSearch), ctx, index, query)
}
